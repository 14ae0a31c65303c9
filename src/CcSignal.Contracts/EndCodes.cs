namespace CcSignal.Contracts;

/// <summary>What exactly ended an execution, where <see cref="EndCause"/> does not say it all.</summary>
public static class EndCodes
{
    /// <summary><see cref="EndCause.Exited"/>: nobody can know the exit code.</summary>
    public const string ExitStatusUnknown = "exit_status_unknown";

    /// <summary><see cref="EndCause.StartFailed"/>: there is no such command (ENOENT).</summary>
    public const string NotFound = "not_found";

    /// <summary><see cref="EndCause.StartFailed"/>: it may not be executed, or is no program (EACCES, ENOEXEC).</summary>
    public const string NotExecutable = "not_executable";

    /// <summary><see cref="EndCause.StartFailed"/>: the working directory is missing or may not be entered.</summary>
    public const string BadDirectory = "bad_directory";

    /// <summary><see cref="EndCause.StartFailed"/>: its <c>#!</c> line or loader names a program that is not there.</summary>
    public const string BadInterpreter = "bad_interpreter";

    /// <summary><see cref="EndCause.StartFailed"/>: arguments and environment are larger than the system takes (E2BIG).</summary>
    public const string TooLarge = "too_large";

    /// <summary><see cref="EndCause.StartFailed"/>: the machine had no process, memory or descriptor left (EAGAIN, ENOMEM, EMFILE).</summary>
    public const string NoResources = "no_resources";

    /// <summary><see cref="EndCause.StartFailed"/>: any other refusal of the system; the message has its words.</summary>
    public const string SystemError = "system_error";

    /// <summary><see cref="EndCause.Lost"/>: the server died while it started the command, which may have run.</summary>
    public const string StartInterrupted = "start_interrupted";
}
