using CcSignal.Client.Connecting;
using CcSignal.Contracts;

namespace CcSignal.Client.Streaming;

/// <summary>
/// Tells the server what the caller has taken, so that it sends on. SignalR's client queues stream items without bound: only the
/// server's window keeps a caller who is slow from filling this process with output.
/// </summary>
internal sealed class ReadingWindow(ServerLink link, long windowBytes)
{
    // Often enough that the server never runs dry, seldom enough to cost nothing. The server sends a piece whole or not at all: whatever is taken and
    // not acknowledged yet must leave room for the longest one, or both would wait for each other.
    private readonly long _acknowledgeEvery = Math.Max(1, Math.Min(windowBytes / 4, windowBytes - Limits.MaxPieceBytes));
    private string? _subscription;
    private long _taken;

    /// <summary>The caller is done with <paramref name="item"/>.</summary>
    public async ValueTask TakenAsync(ExecutionEvent item, CancellationToken cancellationToken)
    {
        if (item.Kind == EventKind.Snapshot)
        {
            _subscription = item.Subscription;
            return;
        }

        if (windowBytes == 0 || _subscription is null || item is not { Data: { } data, Sequence: { } sequence })
        {
            return;
        }

        _taken += data.Length;
        if (_taken < _acknowledgeEvery)
        {
            return;
        }

        _taken = 0;
        try
        {
            await link.SendAsync(HubMethods.Ack, [_subscription, sequence], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (CallErrors.Explain(HubMethods.Ack, null, sequence, error, cancellationToken) is ConnectionLostException)
        {
            // No connection any more. The stream says so itself, after what had arrived before.
        }
    }
}
