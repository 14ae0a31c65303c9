using CcSignal.Load.Measuring;

namespace CcSignal.Load.Reporting.Model;

/// <summary>One scenario of a run.</summary>
internal sealed record ScenarioReport
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Purpose { get; init; }

    public required Status Status { get; init; }

    /// <summary>Why it is blocked, skipped or invalid.</summary>
    public string? Reason { get; init; }

    /// <summary>Seconds after the run began.</summary>
    public required double BeganSeconds { get; init; }

    public required double Seconds { get; init; }

    /// <summary>From its first intended start to its last end.</summary>
    public double MeasuredSeconds { get; init; }

    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    public IReadOnlyList<FailureGroup> Failures { get; init; } = [];

    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>The same work through others; null: nothing was compared.</summary>
    public ComparisonTable? Comparison { get; init; }

    public LoadFacts? Load { get; init; }

    public IReadOnlyList<LatencyRow> Latencies { get; init; } = [];

    public IReadOnlyList<DistributionPoint> Distribution { get; init; } = [];

    public StreamFacts? Streams { get; init; }

    public IReadOnlyList<SecondSample> Series { get; init; } = [];

    /// <summary>What shows that this client could not keep up; null: it could.</summary>
    public string? Saturated { get; init; }
}
