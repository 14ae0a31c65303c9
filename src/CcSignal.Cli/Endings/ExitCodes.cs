using CcSignal.Client;
using CcSignal.Contracts;

namespace CcSignal.Cli.Endings;

/// <summary>
/// What this program returns: the command's own code where it has one, else what a shell, timeout(1), docker or ssh would say. The table
/// stands in <see cref="Help"/> and in <c>docs/cli.md</c>.
/// </summary>
internal static class ExitCodes
{
    /// <summary>A time limit ended the command (timeout(1)).</summary>
    public const int TimedOut = 124;

    /// <summary>This program or the server could not do it: wrong words, no connection, a refusal (docker run).</summary>
    public const int Failed = 125;

    /// <summary>The command could not be started (sh).</summary>
    public const int NotExecutable = 126;

    /// <summary>There is no such command (sh).</summary>
    public const int NotFound = 127;

    /// <summary>Somebody cancelled it; 128 + SIGINT.</summary>
    public const int Cancelled = 130;

    /// <summary>Whoever read our output left; 128 + SIGPIPE.</summary>
    public const int OutputClosed = 141;

    /// <summary>How the command ends is not known here: the connection was lost, or we left (ssh).</summary>
    public const int Unknown = 255;

    private const int FirstSignal = 128;

    /// <summary>The table for <c>--help</c>.</summary>
    public const string Help = """
        Exit codes:
          0-255    the command's own
          124      ended by --timeout, --idle-timeout or --queue-timeout
          125      not run: wrong options, no connection, refused; or cut short by a full disk, here or there
          126      the command could not be started
          127      there is no such command
          128+n    ended by signal n, or by a limit that stands for one: 129 abandoned (HUP), 130 cancelled (INT),
                   137 memory limit (KILL), 143 stopped with the server (TERM), 152 CPU limit (XCPU), 153 output limit (XFSZ)
          141      the reader of standard output went away (PIPE); run then cancels the command
          255      how it ended is not known: connection lost for good (--reconnect), detached, or lost by the server
        """;

    /// <summary>The code for an end.</summary>
    public static int For(ExecutionEnd end) => end.Cause switch
    {
        EndCause.Exited => end.ExitCode is { } code ? code & 0xFF : Unknown,
        EndCause.Signaled => SignalNumbers.Of(end.Signal) is { } signal ? FirstSignal + signal : Unknown,
        EndCause.TimedOut or EndCause.IdleTimedOut or EndCause.QueueTimedOut => TimedOut,
        EndCause.Cancelled => Cancelled,
        EndCause.StartFailed => end.Code == EndCodes.NotFound ? NotFound : NotExecutable,
        EndCause.Abandoned => FirstSignal + SignalNumbers.Hangup,
        EndCause.MemoryLimit => FirstSignal + SignalNumbers.Kill,
        EndCause.ServerStopped => FirstSignal + SignalNumbers.Terminate,
        EndCause.CpuLimit => FirstSignal + SignalNumbers.CpuTime,
        EndCause.OutputLimit => FirstSignal + SignalNumbers.FileSize,
        EndCause.DiskFull => Failed,
        _ => Unknown,
    };

    /// <summary>The code for an error of the client library.</summary>
    public static int For(CcSignalException error) => error is ConnectionLostException ? Unknown : Failed;
}
