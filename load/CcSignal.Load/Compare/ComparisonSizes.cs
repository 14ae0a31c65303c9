namespace CcSignal.Load.Compare;

/// <summary>How much of everything.</summary>
internal sealed record ComparisonSizes
{
    /// <summary>Every figure is the median of so many rounds.</summary>
    public required int Rounds { get; init; }

    /// <summary>Output of one command where throughput is measured.</summary>
    public required long Bytes { get; init; }

    /// <summary>Commands behind each figure of starts and of first bytes.</summary>
    public required int Starts { get; init; }

    /// <summary>Commands, and connections, that do nothing at once.</summary>
    public required int Idle { get; init; }
}
