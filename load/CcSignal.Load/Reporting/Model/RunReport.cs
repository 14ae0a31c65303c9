namespace CcSignal.Load.Reporting.Model;

/// <summary>A whole run: the one model that every writer writes.</summary>
internal sealed record RunReport
{
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required Verdict Verdict { get; init; }

    /// <summary>What decided it, one sentence each.</summary>
    public required IReadOnlyList<string> Because { get; init; }

    public required string Profile { get; init; }

    public required EngineFacts Engine { get; init; }

    public required Times Times { get; init; }

    public required Counts Counts { get; init; }

    public required IReadOnlyList<GateResult> Gates { get; init; }

    public required IReadOnlyList<ScenarioReport> Scenarios { get; init; }

    public required IReadOnlyList<HealthSample> Health { get; init; }

    public required IReadOnlyList<Fact> Environment { get; init; }

    /// <summary>What was not tested, and what weakens the figures.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    public BaselineComparison? Baseline { get; init; }

    /// <summary>Why the run was ended before its time; null: it was not.</summary>
    public string? Interrupted { get; init; }
}
