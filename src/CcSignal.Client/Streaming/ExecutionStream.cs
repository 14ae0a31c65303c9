using System.Runtime.CompilerServices;
using CcSignal.Client.Connecting;
using CcSignal.Contracts;

namespace CcSignal.Client.Streaming;

/// <summary>
/// The one loop in which this library reads events: over as many connections as it takes it goes on behind the last byte that the caller was given,
/// acknowledges what he has taken, and ends with the execution's end, the caller's token, or an error.
/// </summary>
internal sealed class ExecutionStream(ServerLink link, string executionId, FollowOptions options)
{
    /// <summary>Starts <paramref name="request"/> and follows it.</summary>
    public IAsyncEnumerable<ExecutionEvent> RunAsync(ExecutionRequest request, CancellationToken cancellationToken) => ReadAsync(request, cancellationToken);

    /// <summary>Follows an execution that was started before.</summary>
    public IAsyncEnumerable<ExecutionEvent> FollowAsync(CancellationToken cancellationToken) => ReadAsync(null, cancellationToken);

    private async IAsyncEnumerable<ExecutionEvent> ReadAsync(ExecutionRequest? start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var given = new GivenEvents(executionId, options.FromSequence);
        var (line, patience) = ((Line?)null, link.NewPatience());
        while (true)
        {
            line = await link.UpAsync(line, patience, executionId, given.LastSequence, cancellationToken).ConfigureAwait(false);
            var window = new ReadingWindow(link, options.WindowBytes);
            var stream = Open(start, options with { FromSequence = given.LastSequence + 1 }, cancellationToken);
            await using (stream.ConfigureAwait(false))
            {
                while (await stream.NextAsync(given.LastSequence).ConfigureAwait(false) is { } item)
                {
                    line.Serve();
                    patience.Restore();
                    start = null; // known to the server: what follows is only to be read
                    stream.IsOver = item.Kind == EventKind.Ended;
                    if (given.Take(item) is { } news)
                    {
                        yield return news;
                    }

                    if (stream.IsOver)
                    {
                        yield break;
                    }

                    await window.TakenAsync(item, cancellationToken).ConfigureAwait(false); // here the caller has it behind him
                }
            }

            if (!await link.MayPassAsync(stream.Failure!, line, patience, cancellationToken).ConfigureAwait(false))
            {
                throw stream.Failure!;
            }

            given.BeginAgain();
        }
    }

    // To start is safe to repeat: its id makes it the same execution.
    private HubStream<ExecutionEvent> Open(ExecutionRequest? start, FollowOptions from, CancellationToken cancellationToken) => start is null
        ? new(link, HubMethods.Follow, executionId, [executionId, from], cancellationToken)
        : new(link, HubMethods.Run, executionId, [start, from], cancellationToken);
}
