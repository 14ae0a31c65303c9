namespace CcSignal.Execution.Tests;

/// <summary>Tests that count what their whole process has: they run when no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
