using CcSignal.Client.Connecting;

namespace CcSignal.Client.Streaming;

/// <summary>One stream on one line. Its disposal releases the server's side of it.</summary>
internal sealed class HubStream<T> : IAsyncDisposable
    where T : class
{
    private readonly string _method;
    private readonly string? _executionId;
    private readonly CancellationTokenSource _release;
    private readonly CancellationToken _cancelled;
    private readonly IAsyncEnumerator<T> _items;

    public HubStream(ServerLink link, string method, string? executionId, object?[] arguments, CancellationToken cancellationToken)
    {
        // A source of our own: SignalR cancels the server's stream when the token is cancelled, and not when its enumerator is left.
        (_method, _executionId, _cancelled) = (method, executionId, cancellationToken);
        _release = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _items = link.Stream<T>(method, arguments, _release.Token).GetAsyncEnumerator(CancellationToken.None);
    }

    /// <summary>The server has said that this was the last item: there is nothing to release.</summary>
    public bool IsOver { get; set; }

    /// <summary>Why there is no next item.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The next item; null: it was cut, as <see cref="Failure"/> says.</summary>
    /// <param name="lastSequence">What the caller was given so far, for the error.</param>
    public async ValueTask<T?> NextAsync(long lastSequence = 0)
    {
        try
        {
            if (await _items.MoveNextAsync().ConfigureAwait(false))
            {
                return _items.Current;
            }

            // An end always says so: a stream that merely stops was cut.
            _cancelled.ThrowIfCancellationRequested();
            Failure = CallErrors.Lost(_executionId, lastSequence, null);
        }
        catch (Exception error) when (CallErrors.Explain(_method, _executionId, lastSequence, error, _cancelled) is { } explained)
        {
            Failure = explained;
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsOver)
        {
            await _release.CancelAsync().ConfigureAwait(false);
        }

        await _items.DisposeAsync().ConfigureAwait(false);
        _release.Dispose();
    }
}
