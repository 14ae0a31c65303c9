using System.Runtime.CompilerServices;
using CcSignal.Client.Connecting;
using CcSignal.Contracts;

namespace CcSignal.Client.Streaming;

/// <summary>
/// What a watching caller was told of, as far as it matters behind an interruption: the executions that had not ended, and how new the newest was. The
/// server begins anew and tells only the newest of those that have ended; this finds the others.
/// </summary>
internal sealed class ToldExecutions(ServerLink link, ExecutionQuery query)
{
    // Of two that were accepted at nearly the same time the later may have been told first.
    private const long OverlapMs = 10_000;

    private readonly HashSet<string> _living = [];
    private long? _newest;

    /// <summary>The caller is told this now.</summary>
    public void Note(ExecutionInfo execution)
    {
        _newest = Math.Max(_newest ?? 0, execution.QueuedAt);
        if (execution.State == ExecutionState.Ended)
        {
            _living.Remove(execution.Id);
        }
        else
        {
            _living.Add(execution.Id);
        }
    }

    /// <summary>Those told of that do not live any more, or are not what is asked for any more, and those that came and ended since; nothing if nothing was told yet.</summary>
    public async IAsyncEnumerable<ExecutionInfo> MissedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_newest is not { } newest)
        {
            yield break;
        }

        var gone = new HashSet<string>(_living);
        await foreach (var execution in PagesAsync(query with { States = Asked(state => state != ExecutionState.Ended) }, cancellationToken).ConfigureAwait(false))
        {
            gone.Remove(execution.Id);
        }

        foreach (var id in gone)
        {
            if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is { } execution)
            {
                yield return execution;
            }
            else
            {
                _living.Remove(id);
            }
        }

        var since = Math.Max(newest - OverlapMs, query.Since ?? 0);
        await foreach (var execution in PagesAsync(query with { States = Asked(state => state == ExecutionState.Ended), Since = since }, cancellationToken).ConfigureAwait(false))
        {
            yield return execution;
        }
    }

    private ExecutionState[] Asked(Func<ExecutionState, bool> which) =>
        [.. (query.States is { Count: > 0 } states ? states : Enum.GetValues<ExecutionState>()).Where(which)];

    private async IAsyncEnumerable<ExecutionInfo> PagesAsync(ExecutionQuery pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = pages.States!.Count == 0 ? null : pages with { Limit = Limits.MaxPage }; next is not null;)
        {
            var page = await link.InvokeAsync<ExecutionPage>(HubMethods.List, null, [next], cancellationToken).ConfigureAwait(false);
            foreach (var execution in page.Items)
            {
                yield return execution;
            }

            next = page.Next is null ? null : next with { After = page.Next };
        }
    }

    // Null: retention has removed it meanwhile.
    private async Task<ExecutionInfo?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await link.InvokeAsync<ExecutionInfo>(HubMethods.Get, id, [id], cancellationToken).ConfigureAwait(false);
        }
        catch (CallRefusedException refusal) when (refusal.Code == ErrorCodes.NotFound)
        {
            return null;
        }
    }
}
