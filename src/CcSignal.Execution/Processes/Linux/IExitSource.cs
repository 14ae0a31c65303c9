namespace CcSignal.Execution.Processes.Linux;

/// <summary>Learns how a root process ends, and signals its group for as long as its number is surely its own.</summary>
internal interface IExitSource
{
    /// <summary>When it started, Unix milliseconds, where an earlier server has noted it.</summary>
    long? StartedAt { get; }

    /// <summary>The process has ended.</summary>
    Task<ProcessExit> Exited { get; }

    /// <summary>Begins to watch.</summary>
    void Begin();

    /// <summary>Sends a signal to its group; nothing happens once it has ended.</summary>
    void Signal(int signal);
}
