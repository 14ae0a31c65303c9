namespace CcSignal.Execution.History;

/// <summary>What a server finds when it opens the store.</summary>
/// <param name="Epoch">Counts the servers that ran as this node.</param>
/// <param name="Inherited">Taken and not ended, oldest first.</param>
/// <param name="Queued">Waiting, in the order of the queue.</param>
internal sealed record Reconciliation(long Epoch, IReadOnlyList<InheritedExecution> Inherited, IReadOnlyList<QueuedExecution> Queued);
