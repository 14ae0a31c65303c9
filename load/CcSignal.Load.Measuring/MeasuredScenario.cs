namespace CcSignal.Load.Measuring;

/// <summary>What an engine knows of one scenario beyond the words of its statistics.</summary>
public sealed record MeasuredScenario
{
    /// <summary>The scenario's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its stages in order, in words.</summary>
    public required IReadOnlyList<string> Stages { get; init; }

    /// <summary>Iterations the plan has; null: as many as there is time for.</summary>
    public long? Planned { get; init; }

    /// <summary>Iterations begun.</summary>
    public required long Started { get; init; }

    /// <summary>Planned iterations that were not begun, because too many were under way.</summary>
    public required long Dropped { get; init; }

    /// <summary>The most that were under way at once, as counted.</summary>
    public required int PeakInFlight { get; init; }

    /// <summary>From the first intended start to the last end, warm-up not included.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>Times of service of those that went well.</summary>
    public required LatencyHistogram Ok { get; init; }

    /// <summary>Times of service of those that failed.</summary>
    public required LatencyHistogram Failed { get; init; }

    /// <summary>Times from the intended start of those that went well: what a caller would have waited (no coordinated omission).</summary>
    public required LatencyHistogram FromIntended { get; init; }

    /// <summary>How much later than intended iterations began.</summary>
    public required LatencyHistogram StartLag { get; init; }

    /// <summary>Its steps, in order of their first run.</summary>
    public required IReadOnlyList<MeasuredStep> Steps { get; init; }

    /// <summary>Second by second.</summary>
    public required IReadOnlyList<SecondSample> Seconds { get; init; }

    /// <summary>Why it was stopped before its plan was done; null: it was not.</summary>
    public string? Stopped { get; init; }
}
