namespace CcSignal.Load.Reporting.Model;

/// <summary>A promise, its number, and what was observed.</summary>
internal sealed record GateResult
{
    public required string Id { get; init; }

    public required string Promise { get; init; }

    public required string Scenario { get; init; }

    public required string Figure { get; init; }

    /// <summary>The condition with its number and unit, as <c>≤ 50 ms</c>.</summary>
    public required string Expected { get; init; }

    /// <summary>What was observed, with its unit; null: nothing.</summary>
    public string? Observed { get; init; }

    /// <summary>Whether its number is a time, which a saturated machine makes worthless.</summary>
    public required bool IsTime { get; init; }

    public required GateState State { get; init; }

    /// <summary>Why it could not be told.</summary>
    public string? Why { get; init; }
}
