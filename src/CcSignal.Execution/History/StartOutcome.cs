using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>What became of a start, and the execution it led to.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Info">The new execution with its place in the queue, or the one that was there; null for a conflict or a full queue.</param>
internal sealed record StartOutcome(StartResult Result, ExecutionInfo? Info);
