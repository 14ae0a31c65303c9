namespace CcSignal.Load.Reporting.Model;

/// <summary>Failures of which the same was observed.</summary>
internal sealed record FailureGroup
{
    public const int MaxSamples = 3;

    public required string Code { get; init; }

    /// <summary>The message without numbers, ids and hashes: what equal failures share.</summary>
    public required string Message { get; init; }

    public required long Count { get; init; }

    /// <summary>Seconds after the run began.</summary>
    public required double FirstSeconds { get; init; }

    public required double LastSeconds { get; init; }

    public required IReadOnlyList<Sample> Samples { get; init; }

    public Inference? Inferred { get; init; }
}
