namespace CcSignal.Execution.Watching;

/// <summary>The last change of one execution.</summary>
/// <param name="Order">Its place among all changes, from 1.</param>
/// <param name="Number">The execution.</param>
/// <param name="Execution">Its facts; null: it ended some time ago, and the history has them.</param>
internal readonly record struct Change(long Order, long Number, TrackedExecution? Execution);
