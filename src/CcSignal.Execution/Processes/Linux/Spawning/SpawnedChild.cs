namespace CcSignal.Execution.Processes.Linux.Spawning;

/// <summary>A child that runs its program.</summary>
/// <param name="ProcessId">Its number, and that of its session and group.</param>
/// <param name="PidFd">A descriptor of it (pidfd_open(2)), closed on exec.</param>
internal readonly record struct SpawnedChild(int ProcessId, int PidFd);
