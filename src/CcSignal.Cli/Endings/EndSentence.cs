using CcSignal.Contracts;

namespace CcSignal.Cli.Endings;

/// <summary>Says for people how an execution ended.</summary>
internal static class EndSentence
{
    /// <summary>A few words for a column: <c>exited 0</c>, <c>timed out</c>, <c>killed by SIGSEGV</c>.</summary>
    public static string Short(ExecutionEnd end) => end.Cause switch
    {
        EndCause.Exited => end.ExitCode is { } code ? $"exited {code}" : "exited, code unknown",
        EndCause.Signaled => $"killed by {end.Signal}",
        EndCause.Cancelled => end.By is { } by ? $"cancelled by {by}" : "cancelled",
        EndCause.TimedOut => "timed out",
        EndCause.IdleTimedOut => "timed out without output",
        EndCause.QueueTimedOut => "timed out in the queue",
        EndCause.OutputLimit => "passed its output limit",
        EndCause.MemoryLimit => "passed its memory limit",
        EndCause.CpuLimit => "passed its CPU limit",
        EndCause.DiskFull => "stopped: the server's disk is full",
        EndCause.Abandoned => "stopped: nobody followed it",
        EndCause.StartFailed => "could not be started",
        EndCause.Lost => "lost by the server",
        EndCause.ServerStopped => "stopped with the server",
        var other => other.ToString(),
    };

    /// <summary>The sentence after an end that the command's own exit code does not tell; null: it tells.</summary>
    public static string? Explain(ExecutionInfo ended) => ended.End switch
    {
        null or { Cause: EndCause.Exited, ExitCode: not null } => null,
        { Message: { } message } end => $"{Subject(ended)} {Short(end)}: {message}",
        { } end => $"{Subject(ended)} {Short(end)}.",
    };

    private static string Subject(ExecutionInfo ended) => $"'{ended.Command}' ({ended.Id})";
}
