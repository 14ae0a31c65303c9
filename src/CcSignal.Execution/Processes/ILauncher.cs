using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes.Linux.Keeping;

namespace CcSignal.Execution.Processes;

/// <summary>Starts commands as processes whose output goes into a journal. Two of them: Linux's own, and a portable one.</summary>
internal interface ILauncher : IAsyncDisposable
{
    /// <summary>As <c>Describe</c> tells it: <c>linux</c> or <c>portable</c>.</summary>
    string Name { get; }

    /// <summary>Which control groups hold commands together, as <c>Describe</c> tells it: <c>v2</c> or <c>none</c>.</summary>
    string ControlGroups { get; }

    /// <summary>Whether its commands can be paused.</summary>
    bool CanPause { get; }

    /// <summary>Whether its commands can run on a terminal.</summary>
    bool HasTerminals { get; }

    /// <summary>Whether its commands can be sent signals, each to its whole group.</summary>
    bool HasSignals { get; }

    /// <summary>Whether it can start commands as another user, with another umask, or without new privileges.</summary>
    bool CanConfine { get; }

    /// <summary>The limits of a tree that it keeps, by the names of <see cref="Contracts.ResourceLimits"/> on the wire.</summary>
    IReadOnlyList<string> Limits { get; }

    /// <summary>Holds commands over the end of this server; null: nothing does, and they end with it.</summary>
    KeeperLink? Keeper { get; }

    /// <summary>Whether a command with this confinement can write the files of its recording itself.</summary>
    bool CanWriteDirectly(Confinement confinement);

    /// <summary>Whether it can go on with a command of an earlier server: because the keeper holds it, or because it lives.</summary>
    /// <param name="number">The execution's key.</param>
    /// <param name="known">Its process, as far as it is known.</param>
    /// <param name="files">The files of its recording.</param>
    bool CanAdopt(long number, ProcessIdentity? known, JournalFiles files);

    /// <summary>Goes on with a command of an earlier server; null: it cannot.</summary>
    IRunningProcess? Adopt(AdoptSpec spec);

    /// <summary>Ends what is left of a command that an earlier server started and nobody goes on with.</summary>
    /// <param name="number">The execution's key.</param>
    /// <param name="known">Its process, as far as it is known.</param>
    /// <param name="cookie">The value of the <see cref="ProcessCookie"/> in its environment.</param>
    /// <returns>Whether something of it lived.</returns>
    Task<bool> DiscardAsync(long number, ProcessIdentity? known, string cookie);

    /// <summary>Starts it, or says why not. Blocks until the program is loaded (0.2 to 2 ms): not for the hub's threads.</summary>
    LaunchResult Launch(LaunchSpec spec);
}
