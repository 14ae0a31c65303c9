namespace CcSignal.Contracts;

/// <summary>Options of <c>Run</c> and <c>Follow</c>.</summary>
public sealed record FollowOptions
{
    /// <summary>The first sequence number wanted, from 1.</summary>
    public long FromSequence { get; init; } = 1;

    /// <summary>A name to acknowledge under, 1–64 characters; null: the server makes one and tells it in the <c>snapshot</c>.</summary>
    public string? Subscription { get; init; }

    /// <summary>
    /// At most so many unacknowledged bytes are sent to this subscription, strictly, from <see cref="Limits.MaxPieceBytes"/>; 0: only the transport holds
    /// it back. A window below <see cref="Limits.MaxOutputChunkBytes"/> makes chunks smaller.
    /// </summary>
    public long WindowBytes { get; init; }

    /// <summary>What happens when this reader falls behind.</summary>
    public FollowMode Mode { get; init; }
}
