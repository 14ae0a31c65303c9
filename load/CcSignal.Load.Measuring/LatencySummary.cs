namespace CcSignal.Load.Measuring;

/// <summary>What is told of a histogram, in milliseconds. A percentile that too few samples stand behind is null, never a guess.</summary>
public sealed record LatencySummary
{
    /// <summary>How many samples.</summary>
    public required long Count { get; init; }

    /// <summary>The least.</summary>
    public required double MinMs { get; init; }

    /// <summary>The mean.</summary>
    public required double MeanMs { get; init; }

    /// <summary>The most.</summary>
    public required double MaxMs { get; init; }

    /// <summary>The standard deviation.</summary>
    public required double DeviationMs { get; init; }

    /// <summary>The median.</summary>
    public double? P50Ms { get; init; }

    /// <summary>Three quarters are not above it; needs 4 samples.</summary>
    public double? P75Ms { get; init; }

    /// <summary>Needs 10 samples.</summary>
    public double? P90Ms { get; init; }

    /// <summary>Needs 20 samples.</summary>
    public double? P95Ms { get; init; }

    /// <summary>Needs 100 samples.</summary>
    public double? P99Ms { get; init; }

    /// <summary>Needs 1,000 samples.</summary>
    public double? P999Ms { get; init; }

    /// <summary>The summary of a histogram as it is now.</summary>
    public static LatencySummary Of(LatencyHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return new()
        {
            Count = histogram.Count,
            MinMs = histogram.Least.TotalMilliseconds,
            MeanMs = histogram.Mean.TotalMilliseconds,
            MaxMs = histogram.Most.TotalMilliseconds,
            DeviationMs = histogram.Deviation.TotalMilliseconds,
            P50Ms = Percentile(histogram, 50),
            P75Ms = Percentile(histogram, 75),
            P90Ms = Percentile(histogram, 90),
            P95Ms = Percentile(histogram, 95),
            P99Ms = Percentile(histogram, 99),
            P999Ms = Percentile(histogram, 99.9),
        };
    }

    /// <summary>A percentile in milliseconds; null where fewer samples were taken than one of them beyond it needs.</summary>
    public static double? Percentile(LatencyHistogram histogram, double percent)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return histogram.Count > 0 && histogram.Count >= Math.Round(100 / (100 - percent)) - 1e-9 ? histogram.At(percent).TotalMilliseconds : null;
    }
}
