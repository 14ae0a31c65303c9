using System.Runtime.CompilerServices;
using CcSignal.Contracts;
using CcSignal.Execution.History;

namespace CcSignal.Execution.Watching;

/// <summary>
/// What one caller wants to see of all executions: those that live and the newest that have ended, then each one whenever it is new or changes.
/// It holds the numbers of what it has shown and may have to take back, and nothing else.
/// </summary>
internal sealed class ExecutionWatch
{
    private const int Batch = 256;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(100);

    private readonly ExecutionChanges _changes;
    private readonly ProgressClock _progress;
    private readonly IExecutionStore _store;
    private readonly TimeProvider _time;
    private readonly ExecutionQuery _query;
    private readonly string? _onlyOwner;
    private readonly WatchFilter _filter;
    private readonly HashSet<long> _shown = [];

    /// <exception cref="RefusedException">A field of the query is wrong.</exception>
    public ExecutionWatch(
        ExecutionChanges changes, ProgressClock progress, IExecutionStore store, TimeProvider time, ExecutionQuery query, string? onlyOwner)
    {
        if (!string.IsNullOrEmpty(query.After))
        {
            throw new RefusedException(ErrorCodes.InvalidRequest, "'after' is for the pages of a list; a watch begins with what there is now.");
        }

        (_changes, _progress, _store, _time, _query, _onlyOwner) = (changes, progress, store, time, query, onlyOwner);
        _filter = new WatchFilter(ListFilter.Of(query, onlyOwner));
    }

    /// <summary>The executions; it goes on until it is left.</summary>
    /// <exception cref="RefusedException">It was left behind too far to be told all that happened.</exception>
    public async IAsyncEnumerable<ExecutionInfo> ExecutionsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watching = _progress.Watch();

        // Before anything is read: what changes meanwhile comes once more, and nothing is lost between the two.
        var seen = _changes.Last;
        foreach (var execution in _changes.Living())
        {
            if (Shown(execution.Number, execution.Snapshot()) is { } info)
            {
                yield return info;
            }
        }

        await foreach (var info in EndedAsync(cancellationToken))
        {
            yield return info;
        }

        while (true)
        {
            var round = Task.Delay(Round, _time, cancellationToken);
            var changed = _changes.Changed.Next();
            var upTo = _changes.Last;
            while (seen < upTo)
            {
                var changes = _changes.Read(seen, upTo, Batch) ?? throw new RefusedException(
                    ErrorCodes.Unavailable, "This watcher takes so slowly that what happened since is not known any more: watch again.");
                foreach (var change in changes)
                {
                    if (await FactsAsync(change, cancellationToken) is { } facts && Shown(change.Number, facts) is { } info)
                    {
                        yield return info;
                    }
                }

                seen = changes.Count < Batch ? upTo : changes[^1].Order;
            }

            await round;
            await changed.WaitAsync(cancellationToken);
        }
    }

    // Null: it is not for this watcher. One that was shown and does not match any more is shown a last time, as it is now.
    private ExecutionInfo? Shown(long number, ExecutionInfo info)
    {
        if (!_filter.Concerns(number, info))
        {
            return null;
        }

        if (!_filter.Takes(info))
        {
            return _shown.Remove(number) ? info : null;
        }

        if (_filter.CanCease && info.State != ExecutionState.Ended)
        {
            _shown.Add(number);
        }
        else
        {
            _shown.Remove(number);
        }

        return info;
    }

    private async IAsyncEnumerable<ExecutionInfo> EndedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = _query with { States = [ExecutionState.Ended] };
        var isMore = _filter.TakesEnded;
        while (isMore && query.Limit > 0)
        {
            var page = await _store.ListAsync(query, _onlyOwner, cancellationToken);
            foreach (var info in page.Items)
            {
                yield return info;
            }

            query = query with { Limit = query.Limit - page.Items.Count, After = page.Next };
            isMore = page.Next is not null;
        }
    }

    private async ValueTask<ExecutionInfo?> FactsAsync(Change change, CancellationToken cancellationToken) =>
        change.Execution?.Snapshot() ?? (await _store.GetAsync(change.Number, cancellationToken))?.Info;
}
