namespace CcSignal.Execution.Processes.Linux.Spawning;

/// <summary>Makes a process of a command: own session and group, every signal at its default, none blocked, nothing inherited but 0 to 2.</summary>
internal interface ISpawner : IDisposable
{
    /// <summary>Whether it can do more than start: be born in a control group, limits, another user.</summary>
    bool CanPrepare { get; }

    /// <summary>Starts it; returns when the program is loaded.</summary>
    /// <param name="spec">What to start.</param>
    /// <param name="descriptors">Its 0 to 2.</param>
    /// <param name="groups">The groups it begins in. Only where <see cref="CanPrepare"/>.</param>
    /// <param name="child">The child, if there is one.</param>
    /// <returns>0, or what failed and why.</returns>
    SpawnError Spawn(LaunchSpec spec, ChildDescriptors descriptors, ChildGroups groups, out SpawnedChild child);
}
