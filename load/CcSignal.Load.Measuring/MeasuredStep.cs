namespace CcSignal.Load.Measuring;

/// <summary>A step of a scenario.</summary>
/// <param name="Name">As the scenario calls it.</param>
/// <param name="Ok">Times of those that went well.</param>
/// <param name="Failed">Times of those that did not.</param>
public sealed record MeasuredStep(string Name, LatencyHistogram Ok, LatencyHistogram Failed);
