using CcSignal.Contracts;
using CcSignal.Load.Measuring;
using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Observing;

/// <summary>What one reader saw of one execution, counted and hashed while it came.</summary>
internal sealed record Observation
{
    public required string ExecutionId { get; init; }

    /// <summary>As its end told; null: no end was seen.</summary>
    public required ExecutionInfo? Info { get; init; }

    /// <summary>Why the reading ended without an end; null: it did not.</summary>
    public Exception? Error { get; init; }

    /// <summary>Of standard output, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public required long StdoutBytes { get; init; }

    public required long StderrBytes { get; init; }

    /// <summary>The first bytes of each stream, for evidence.</summary>
    public required byte[] StdoutHead { get; init; }

    public required byte[] StderrHead { get; init; }

    /// <summary>All of standard output, where it was asked for.</summary>
    public required byte[] Stdout { get; init; }

    /// <summary>From the call to the first output; null: there was none.</summary>
    public required TimeSpan? FirstOutput { get; init; }

    /// <summary>From the call to the last output.</summary>
    public required TimeSpan? LastOutput { get; init; }

    /// <summary>From the call to the end.</summary>
    public required TimeSpan Total { get; init; }

    /// <summary>Between items of output.</summary>
    public required LatencyHistogram Gaps { get; init; }

    public required long Items { get; init; }

    /// <summary>Items whose sequence did not grow, or that came after the end.</summary>
    public required long OrderViolations { get; init; }

    /// <summary>Bytes that offsets or the end's counts show were skipped.</summary>
    public required long LostBytes { get; init; }

    /// <summary>Bytes that came twice, by their offsets.</summary>
    public required long DoubledBytes { get; init; }

    public ExecutionEnd? End => Info?.End;

    public bool EndSeen => End is not null;

    public Sample ToSample(string message) => new()
    {
        Message = message,
        ExecutionId = ExecutionId,
        Cause = End?.Cause.ToString(),
        ExitCode = End?.ExitCode,
        Signal = End?.Signal,
        StdoutBytes = StdoutBytes,
        StderrBytes = StderrBytes,
        StdoutHead = Words.Printable(StdoutHead),
        StderrHead = Words.Printable(StderrHead),
    };
}
