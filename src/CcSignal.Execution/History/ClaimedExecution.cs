using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>An execution that this node has taken from the queue and must now start.</summary>
/// <param name="Number">Its key.</param>
/// <param name="Token">Proves to the store that this node still owns it.</param>
/// <param name="Request">The whole request; the store has forgotten the environment in it.</param>
/// <param name="Info">What is known of it, with the attempt that begins.</param>
internal sealed record ClaimedExecution(long Number, long Token, ExecutionRequest Request, ExecutionInfo Info);
