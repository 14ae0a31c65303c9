using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>An execution that an earlier process of this node had taken and not ended.</summary>
/// <param name="Number">Its key.</param>
/// <param name="Token">The new proof of ownership; the earlier one is void.</param>
/// <param name="Request">The request with its limits and clocks, without the environment: that was forgotten when it was taken, and an empty one stands for it.</param>
/// <param name="Info">What is known of it.</param>
/// <param name="Process">Its process; null: the earlier server died between taking and starting it, so it may or may not have run.</param>
internal sealed record InheritedExecution(long Number, long Token, ExecutionRequest Request, ExecutionInfo Info, ProcessIdentity? Process);
