using CcSignal.Execution.History;

namespace CcSignal.Execution.Processes;

/// <summary>A started command: its root process, its group where there is one, and the output being moved into its journal.</summary>
internal interface IRunningProcess
{
    /// <summary>The root process.</summary>
    ProcessIdentity Identity { get; }

    /// <summary>The root process has ended; descendants may live and write.</summary>
    Task<ProcessExit> Exited { get; }

    /// <summary>Both streams are at their end, or were abandoned: nothing will be recorded after it.</summary>
    Task OutputEnded { get; }

    /// <summary>Completes if output cannot be recorded any more; at most once.</summary>
    Task<OutputFault> OutputFaulted { get; }

    /// <summary>Begins to move output. Separate from the start, so that it can be told before its output is.</summary>
    void Begin();

    /// <summary>Sends a signal to the whole process group. Harmless once the root was reaped.</summary>
    void Signal(int signal);

    /// <summary>Ends all it can reach, at once.</summary>
    void Kill();

    /// <summary>After the root's end: kills what is left of its group, and names it.</summary>
    IReadOnlyList<string> KillLeftovers();

    /// <summary>Stops reading, although somebody holds the other ends; <see cref="OutputEnded"/> then completes.</summary>
    void AbandonOutput();
}
