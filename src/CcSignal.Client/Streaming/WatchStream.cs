using System.Runtime.CompilerServices;
using CcSignal.Client.Connecting;
using CcSignal.Contracts;

namespace CcSignal.Client.Streaming;

/// <summary>
/// The loop in which this library watches, over as many connections as it takes: each begins with what there is, and behind an interruption with what
/// happened meanwhile to those that were told of.
/// </summary>
internal static class WatchStream
{
    /// <summary>The executions that match, as they are and as they change.</summary>
    public static async IAsyncEnumerable<ExecutionInfo> ReadAsync(
        ServerLink link, ExecutionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (line, patience, told) = ((Line?)null, link.NewPatience(), new ToldExecutions(link, query));
        while (true)
        {
            line = await link.UpAsync(line, patience, null, 0, cancellationToken).ConfigureAwait(false);
            var stream = new HubStream<ExecutionInfo>(link, HubMethods.Watch, null, [query], cancellationToken);
            await using (stream.ConfigureAwait(false))
            {
                // Whatever happens once the stream has begun, it tells.
                for (var isFirst = true; await stream.NextAsync().ConfigureAwait(false) is { } execution; isFirst = false)
                {
                    line.Serve();
                    patience.Restore();
                    if (isFirst)
                    {
                        await foreach (var missed in told.MissedAsync(cancellationToken).ConfigureAwait(false))
                        {
                            told.Note(missed);
                            yield return missed;
                        }
                    }

                    told.Note(execution);
                    yield return execution;
                }
            }

            if (!await link.MayPassAsync(stream.Failure!, line, patience, cancellationToken).ConfigureAwait(false))
            {
                throw stream.Failure!;
            }
        }
    }
}
