namespace CcSignal.Load.Measuring;

/// <summary>One second of a scenario.</summary>
/// <param name="Second">Since the scenario began, from 0.</param>
/// <param name="Ok">Iterations that ended well in it.</param>
/// <param name="Failed">Iterations that failed in it.</param>
/// <param name="Bytes">Bytes they say they moved.</param>
/// <param name="InFlight">The most that were under way at once.</param>
/// <param name="P50Ms">Of the latencies from the intended start; null without any.</param>
/// <param name="P99Ms">Likewise; the most of the second, while it has fewer than 100.</param>
public sealed record SecondSample(int Second, long Ok, long Failed, long Bytes, int InFlight, double? P50Ms, double? P99Ms);
