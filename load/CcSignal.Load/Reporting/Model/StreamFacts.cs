namespace CcSignal.Load.Reporting.Model;

/// <summary>What came over streams.</summary>
internal sealed record StreamFacts
{
    public required long Streams { get; init; }

    public required long Items { get; init; }

    public required long Bytes { get; init; }

    public required double ItemsPerSecond { get; init; }

    public required double BytesPerSecond { get; init; }

    public LatencyRow? FirstItem { get; init; }

    public LatencyRow? Gaps { get; init; }

    public required long OrderViolations { get; init; }

    public required long LostBytes { get; init; }

    public required long DoubledBytes { get; init; }

    public required long EndsSeen { get; init; }
}
