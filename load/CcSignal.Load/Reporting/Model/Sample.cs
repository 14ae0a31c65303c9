namespace CcSignal.Load.Reporting.Model;

/// <summary>One failure word for word.</summary>
internal sealed record Sample
{
    /// <summary>What was said or seen.</summary>
    public required string Message { get; init; }

    public string? ExecutionId { get; init; }

    public string? Cause { get; init; }

    public int? ExitCode { get; init; }

    public string? Signal { get; init; }

    public long? StdoutBytes { get; init; }

    public long? StderrBytes { get; init; }

    /// <summary>The beginning of standard output; what is no text is shown as \xNN.</summary>
    public string? StdoutHead { get; init; }

    public string? StderrHead { get; init; }
}
