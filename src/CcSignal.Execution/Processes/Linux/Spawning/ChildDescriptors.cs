namespace CcSignal.Execution.Processes.Linux.Spawning;

/// <summary>What a child finds as its descriptors 0 to 2. All are our own, 3 or higher, and stay ours.</summary>
/// <param name="Input">Becomes 0.</param>
/// <param name="Output">Becomes 1.</param>
/// <param name="Error">Becomes 2.</param>
/// <param name="Terminal">The path of the terminal that 0 is, which becomes the controlling one of its session; null: it is none.</param>
internal readonly record struct ChildDescriptors(int Input, int Output, int Error, string? Terminal = null);
