namespace CcSignal.Execution.Admission;

/// <summary>One step of a stop: a signal to the group, and how long its effect is awaited.</summary>
/// <param name="Signal">The signal's number.</param>
/// <param name="Patience">Until the next step.</param>
internal sealed record StopStep(int Signal, TimeSpan Patience);
