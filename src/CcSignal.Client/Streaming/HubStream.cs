using CcSignal.Client.Connecting;
using CcSignal.Contracts;

namespace CcSignal.Client.Streaming;

/// <summary>One stream on one line. Its disposal releases the server's side of it.</summary>
internal sealed class HubStream : IAsyncDisposable
{
    private readonly string _method;
    private readonly CancellationTokenSource _release;
    private readonly CancellationToken _cancelled;
    private readonly IAsyncEnumerator<ExecutionEvent> _events;
    private bool _ended;

    public HubStream(ServerLink link, string method, object what, FollowOptions options, CancellationToken cancellationToken)
    {
        // A source of our own: SignalR cancels the server's stream when the token is cancelled, and not when its enumerator is left.
        (_method, _cancelled) = (method, cancellationToken);
        _release = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _events = link.Stream(method, [what, options], _release.Token).GetAsyncEnumerator(CancellationToken.None);
    }

    /// <summary>The next event; null: it was cut, as <see cref="Failure"/> says.</summary>
    public async ValueTask<ExecutionEvent?> NextAsync(string executionId, long lastSequence)
    {
        try
        {
            if (await _events.MoveNextAsync().ConfigureAwait(false))
            {
                _ended = _events.Current.Kind == EventKind.Ended;
                return _events.Current;
            }

            // An end always says so: a stream that merely stops was cut.
            Failure = CallErrors.Lost(executionId, lastSequence, null);
        }
        catch (Exception error) when (CallErrors.Explain(_method, executionId, lastSequence, error, _cancelled) is { } explained)
        {
            Failure = explained;
        }

        return null;
    }

    /// <summary>Why there is no next event.</summary>
    public Exception? Failure { get; private set; }

    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            await _release.CancelAsync().ConfigureAwait(false);
        }

        await _events.DisposeAsync().ConfigureAwait(false);
        _release.Dispose();
    }
}
