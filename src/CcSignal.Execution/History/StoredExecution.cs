using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>An execution as the store has it. While it runs, the engine knows more.</summary>
/// <param name="Number">Its key.</param>
/// <param name="State">Where in its life it is: one of <see cref="StoredState"/>.</param>
/// <param name="Info">What is known of it.</param>
internal sealed record StoredExecution(long Number, string State, ExecutionInfo Info);
