namespace CcSignal.Contracts;

/// <summary>
/// One item of a <c>Run</c> or <c>Follow</c> stream: a flat record whose <see cref="Kind"/> says which fields are set.
/// </summary>
public sealed record ExecutionEvent
{
    /// <summary>What it tells.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>The execution now; of <c>snapshot</c>, <c>state</c> and <c>ended</c>.</summary>
    public ExecutionInfo? Info { get; init; }

    /// <summary>The name to acknowledge under; of <c>snapshot</c>.</summary>
    public string? Subscription { get; init; }

    /// <summary>
    /// The last recorded piece in it, of <c>output</c>; up to where everything was sent or told as a gap, of <c>gap</c>; the last one sent to this reader, of
    /// <c>heartbeat</c>. To resume after it: follow from <c>sequence + 1</c>.
    /// </summary>
    public long? Sequence { get; init; }

    /// <summary>Which stream; of <c>output</c> and <c>gap</c>.</summary>
    public OutputStream? Stream { get; init; }

    /// <summary>Where in its stream the first byte stands, from 0; of <c>output</c> and <c>gap</c>.</summary>
    public long? Offset { get; init; }

    /// <summary>When the bytes were recorded, Unix milliseconds; of <c>output</c>.</summary>
    public long? At { get; init; }

    /// <summary>
    /// The bytes, at most <see cref="Limits.MaxOutputChunkBytes"/>, cut anywhere; of <c>output</c>. Inside the server they are valid
    /// only until the next item is asked for.
    /// </summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>One of <see cref="NoticeCodes"/>; of <c>notice</c>.</summary>
    public string? Code { get; init; }

    /// <summary>A sentence for people; of <c>notice</c>.</summary>
    public string? Message { get; init; }

    /// <summary>How many bytes this reader will not get; of <c>gap</c>.</summary>
    public long? Bytes { get; init; }
}
