using System.Runtime.CompilerServices;
using CcSignal.Client.Connecting;
using CcSignal.Contracts;

namespace CcSignal.Client.Streaming;

/// <summary>The one loop in which this library reads events: it acknowledges, releases the server's stream, and knows an end from a loss.</summary>
internal sealed class ExecutionStream(ServerLink link, string executionId, FollowOptions options)
{
    /// <summary>Starts <paramref name="request"/> and follows it.</summary>
    public IAsyncEnumerable<ExecutionEvent> RunAsync(ExecutionRequest request, CancellationToken cancellationToken) =>
        ReadAsync(HubMethods.Run, request, cancellationToken);

    /// <summary>Follows an execution that was started before.</summary>
    public IAsyncEnumerable<ExecutionEvent> FollowAsync(CancellationToken cancellationToken) =>
        ReadAsync(HubMethods.Follow, executionId, cancellationToken);

    private async IAsyncEnumerable<ExecutionEvent> ReadAsync(
        string method, object what, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var window = new ReadingWindow(link, options.WindowBytes);
        var lastSequence = options.FromSequence - 1;
        var ended = false;

        // A source of our own: SignalR cancels the server's stream when the token is cancelled, and not when its enumerator is left.
        using var release = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = link.Stream(method, [what, options], release.Token).GetAsyncEnumerator(CancellationToken.None);
        try
        {
            while (!ended)
            {
                var item = await NextAsync(events, method, lastSequence, cancellationToken).ConfigureAwait(false);
                ended = item.Kind == EventKind.Ended;
                yield return item;

                // Here the caller has taken it. A heartbeat's sequence is not the caller's: it may be ahead of what was sent.
                if (item is { Kind: EventKind.Output or EventKind.Gap, Sequence: { } sequence })
                {
                    lastSequence = sequence;
                }

                await window.TakenAsync(item, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (!ended)
            {
                await release.CancelAsync().ConfigureAwait(false);
            }

            await events.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<ExecutionEvent> NextAsync(
        IAsyncEnumerator<ExecutionEvent> events, string method, long lastSequence, CancellationToken cancellationToken)
    {
        try
        {
            if (await events.MoveNextAsync().ConfigureAwait(false))
            {
                return events.Current;
            }
        }
        catch (Exception error) when (CallErrors.Explain(method, executionId, lastSequence, error, cancellationToken) is { } explained)
        {
            throw explained;
        }

        // An end always says so: a stream that merely stops was cut.
        throw CallErrors.Lost(executionId, lastSequence, null);
    }
}
