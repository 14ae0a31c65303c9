namespace CcSignal.Contracts;

/// <summary>When a failed execution is run again under the same id.</summary>
/// <param name="MaxAttempts">Attempts in all, the first one included; 1 or more.</param>
/// <param name="Causes">The failure codes (<see cref="ExecutionEnd.Code"/>) or causes that are worth another attempt.</param>
public sealed record RetryPolicy(int MaxAttempts, IReadOnlyList<string> Causes);
