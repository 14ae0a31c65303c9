namespace CcSignal.Keeper.Wire;

/// <summary>What a look into the socket brought.</summary>
/// <param name="Message">The message; null: none.</param>
/// <param name="Descriptors">Those that came with it; the receiver owns them.</param>
/// <param name="Closed">The other side is gone, and no message is left.</param>
/// <param name="Truncated">Descriptors are missing: this process has no room for more (MSG_CTRUNC, recvmsg(2)).</param>
internal sealed record Received(KeeperMessage? Message, IReadOnlyList<HeldDescriptor> Descriptors, bool Closed = false, bool Truncated = false)
{
    /// <summary>There was nothing.</summary>
    public static Received Nothing { get; } = new(null, []);

    /// <summary>The other side is gone.</summary>
    public static Received End { get; } = new(null, [], Closed: true);
}
