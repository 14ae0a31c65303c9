using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>An execution that waits.</summary>
/// <param name="Number">Its key.</param>
/// <param name="Request">The whole request.</param>
/// <param name="Info">What is known of it.</param>
/// <param name="Deadline">When its time in the queue is over, Unix milliseconds; null: never.</param>
internal sealed record QueuedExecution(long Number, ExecutionRequest Request, ExecutionInfo Info, long? Deadline);
