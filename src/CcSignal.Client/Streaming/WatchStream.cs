using System.Runtime.CompilerServices;
using CcSignal.Client.Connecting;
using CcSignal.Contracts;

namespace CcSignal.Client.Streaming;

/// <summary>The loop in which this library watches: it releases the server's stream, and knows that such a stream does not end by itself.</summary>
internal static class WatchStream
{
    /// <summary>The executions that match, as they are and as they change.</summary>
    public static async IAsyncEnumerable<ExecutionInfo> ReadAsync(
        ServerLink link, ExecutionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A source of our own: SignalR cancels the server's stream when the token is cancelled, and not when its enumerator is left.
        using var release = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var executions = link.StreamOf<ExecutionInfo>(HubMethods.Watch, [query], release.Token).GetAsyncEnumerator(CancellationToken.None);
        try
        {
            while (true)
            {
                yield return await NextAsync(executions, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await release.CancelAsync().ConfigureAwait(false);
            await executions.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<ExecutionInfo> NextAsync(IAsyncEnumerator<ExecutionInfo> executions, CancellationToken cancellationToken)
    {
        try
        {
            if (await executions.MoveNextAsync().ConfigureAwait(false))
            {
                return executions.Current;
            }
        }
        catch (Exception error) when (CallErrors.Explain(HubMethods.Watch, null, 0, error, cancellationToken) is { } explained)
        {
            throw explained;
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw CallErrors.Lost(null, 0, null);
    }
}
