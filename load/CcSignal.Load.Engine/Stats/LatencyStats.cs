using CcSignal.Load.Measuring;

namespace CcSignal.Load.Engine.Stats;

/// <summary>Latencies in milliseconds. Without a sample all are 0.</summary>
/// <param name="MinMs">The least.</param>
/// <param name="MeanMs">The mean.</param>
/// <param name="MaxMs">The most.</param>
/// <param name="Percent50">The median.</param>
/// <param name="Percent75">Three quarters are not above it.</param>
/// <param name="Percent95">19 of 20 are not above it.</param>
/// <param name="Percent99">99 of 100 are not above it.</param>
/// <param name="StdDev">The standard deviation.</param>
public sealed record LatencyStats(
    double MinMs, double MeanMs, double MaxMs, double Percent50, double Percent75, double Percent95, double Percent99, double StdDev)
{
    internal static LatencyStats Of(LatencyHistogram histogram) => histogram.Count == 0
        ? new(0, 0, 0, 0, 0, 0, 0, 0)
        : new(
            histogram.Least.TotalMilliseconds,
            histogram.Mean.TotalMilliseconds,
            histogram.Most.TotalMilliseconds,
            histogram.At(50).TotalMilliseconds,
            histogram.At(75).TotalMilliseconds,
            histogram.At(95).TotalMilliseconds,
            histogram.At(99).TotalMilliseconds,
            histogram.Deviation.TotalMilliseconds);
}
