using CcSignal.Contracts;
using CcSignal.Execution.History;

namespace CcSignal.Execution.Processes;

/// <summary>A started command: its root process, its group where there is one, and the output being moved into its journal.</summary>
internal interface IRunningProcess
{
    /// <summary>The root process.</summary>
    ProcessIdentity Identity { get; }

    /// <summary>When it started, Unix milliseconds, where an earlier server has noted it.</summary>
    long? StartedAt { get; }

    /// <summary>The root process has ended; descendants may live and write.</summary>
    Task<ProcessExit> Exited { get; }

    /// <summary>Both streams are at their end, or were abandoned: nothing will be recorded after it.</summary>
    Task OutputEnded { get; }

    /// <summary>Completes if output cannot be recorded any more; at most once.</summary>
    Task<OutputFault> OutputFaulted { get; }

    /// <summary>Whether what it writes is recorded; false: nobody held its pipes when an earlier server ended.</summary>
    bool IsRecorded { get; }

    /// <summary>Where its standard input goes, to be owned by whoever takes it; null: it is at its end.</summary>
    IInputSink? Input { get; }

    /// <summary>Begins to move output. Separate from the start, so that it can be told before its output is.</summary>
    void Begin();

    /// <summary>What could not be had of the isolation that others get; null: nothing is missing.</summary>
    string? Degraded { get; }

    /// <summary>Sends a signal to the whole process group. Harmless once the root was reaped.</summary>
    void Signal(int signal);

    /// <summary>Changes the size of its terminal, if it has one.</summary>
    void Resize(TerminalSize size);

    /// <summary>Whether nothing of it lives: neither the root nor any descendant that this system can find.</summary>
    bool IsGone { get; }

    /// <summary>What of it lives, by name and number.</summary>
    IReadOnlyList<string> Living();

    /// <summary>Sends a signal once to each that lives, also to those that left the group; asked again, to those that came since.</summary>
    void SignalAll(int signal);

    /// <summary>Kills all of it until nothing is found any more.</summary>
    /// <returns>What could not be killed.</returns>
    Task<IReadOnlyList<string>> KillAsync();

    /// <summary>Stops all of it where it stands; false: it could not be, and goes on.</summary>
    Task<bool> PauseAsync();

    /// <summary>Lets it go on.</summary>
    void Resume();

    /// <summary>What its tree has used until now.</summary>
    ResourceUse Measure();

    /// <summary>Gives back what was made to hold it together; to be called last.</summary>
    void Release();

    /// <summary>Stops reading, although somebody holds the other ends; <see cref="OutputEnded"/> then completes.</summary>
    void AbandonOutput();
}
