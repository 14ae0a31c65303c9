namespace CcSignal.Load.Reporting.Model;

/// <summary>What load there was.</summary>
internal sealed record LoadFacts
{
    /// <summary>The stages in words; empty: the engine does not tell.</summary>
    public required IReadOnlyList<string> Stages { get; init; }

    public long? Planned { get; init; }

    public required long Ok { get; init; }

    public required long Failed { get; init; }

    /// <summary>Null: the engine does not tell.</summary>
    public long? Started { get; init; }

    public long? Dropped { get; init; }

    public int? PeakInFlight { get; init; }

    public required double PerSecond { get; init; }

    /// <summary>How much later than intended iterations began, the 99th percentile.</summary>
    public double? StartLagP99Ms { get; init; }
}
