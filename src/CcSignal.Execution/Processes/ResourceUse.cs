namespace CcSignal.Execution.Processes;

/// <summary>What a tree has used.</summary>
/// <param name="CpuTime">By all of it, also by those that have ended.</param>
/// <param name="MemoryBytes">Resident memory of those that live, shared pages counted for each; 0 where a controller limits it.</param>
/// <param name="IsOutOfMemory">Whether the kernel has killed one of it for using more memory than it may.</param>
/// <param name="IsOutOfProcesses">Whether the kernel has refused it a process.</param>
internal readonly record struct ResourceUse(TimeSpan CpuTime, long MemoryBytes, bool IsOutOfMemory, bool IsOutOfProcesses);
