namespace CcSignal.Execution.Processes.Linux.Spawning;

/// <summary>Why there is no child.</summary>
/// <param name="Number">The error number (errno(3)); 0: there is one.</param>
/// <param name="Step">What failed.</param>
internal readonly record struct SpawnError(int Number, SpawnStep Step);
