using CcSignal.Load.Measuring;

namespace CcSignal.Load.Reporting.Model;

/// <summary>One line of the latency table.</summary>
/// <param name="Of">What was timed: <c>from the intended start</c>, <c>service</c>, <c>failed</c>, a step.</param>
/// <param name="Summary">Its figures; a percentile with too few samples is null.</param>
internal sealed record LatencyRow(string Of, LatencySummary Summary);
