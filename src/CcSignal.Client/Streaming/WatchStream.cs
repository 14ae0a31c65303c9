using System.Runtime.CompilerServices;
using CcSignal.Client.Connecting;
using CcSignal.Contracts;

namespace CcSignal.Client.Streaming;

/// <summary>The loop in which this library watches, over as many connections as it takes: each begins with what there is.</summary>
internal static class WatchStream
{
    /// <summary>The executions that match, as they are and as they change.</summary>
    public static async IAsyncEnumerable<ExecutionInfo> ReadAsync(
        ServerLink link, ExecutionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (line, patience) = ((Line?)null, link.NewPatience());
        while (true)
        {
            line = await link.UpAsync(line, patience, null, 0, cancellationToken).ConfigureAwait(false);
            var stream = new HubStream<ExecutionInfo>(link, HubMethods.Watch, null, [query], cancellationToken);
            await using (stream.ConfigureAwait(false))
            {
                while (await stream.NextAsync().ConfigureAwait(false) is { } execution)
                {
                    line.Serve();
                    patience.Restore();
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
