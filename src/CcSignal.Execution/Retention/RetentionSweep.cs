using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using Microsoft.Extensions.Logging;

namespace CcSignal.Execution.Retention;

/// <summary>
/// Removes what is not to be kept: recording and facts together, so that it is afterwards as if it had never been. Never what lives, nor what somebody
/// reads now.
/// </summary>
internal sealed partial class RetentionSweep(
    IExecutionStore store, TrackedExecutions tracked, RecordingUses uses, string dataDirectory, TimeProvider time, ILogger<RetentionSweep> logger)
{
    // Bounds how long a start waits for the writer behind it.
    private const int Batch = 25;

    // A million recordings are looked for in a second or two, in pieces that hold up nobody.
    private const int AskedAtOnce = 1000;

    private readonly RemovedRecordings _recordings = new(dataDirectory);

    /// <summary>Goes on where an earlier server was killed.</summary>
    public async Task FinishAsync()
    {
        foreach (var some in _recordings.Left().Chunk(Batch))
        {
            await store.RemoveAsync(some);
            foreach (var number in some)
            {
                Delete(number);
            }
        }
    }

    /// <summary>Removes all that a rule does not keep, and returns how many those were.</summary>
    public async Task<int> RunAsync(RetentionRule rule, CancellationToken cancellationToken)
    {
        var oldestEnd = rule.OldestEnd(time.GetUtcNow());
        var kept = await store.EndedTotalsAsync(rule.Profile, cancellationToken);
        var (after, removed) = (0L, 0);
        while (rule.IsExceededBy(kept) || after < ExecutionNumber.FirstAt(oldestEnd))
        {
            var oldest = await store.OldestEndedAsync(rule.Profile, after, Batch, cancellationToken);
            if (oldest.Count == 0)
            {
                break;
            }

            var going = new List<long>();
            foreach (var execution in oldest)
            {
                if (execution.EndedAt < oldestEnd || rule.IsExceededBy(kept))
                {
                    kept -= new EndedTotals(1, execution.Bytes);
                    going.Add(execution.Number);
                }
            }

            removed += await RemoveAsync(going);
            after = oldest[^1].Number;
        }

        if (removed > 0)
        {
            Log.Removed(logger, removed, rule.Profile is null ? "all" : $"profile '{rule.Profile}'");
        }

        return removed;
    }

    /// <summary>Gives the space of what was removed back to the disk: days without recordings, free pages of the history.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        foreach (var day in _recordings.Days().SkipLast(2))
        {
            // What waits since that day will still make its directory there.
            if (!Directory.EnumerateFileSystemEntries(day).Any() && !await store.HasDayAsync(DayOf(day), cancellationToken))
            {
                Directory.Delete(day);
            }
        }

        while (await store.CompactAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Looks for recordings of which the history knows nothing.</summary>
    /// <param name="remove">Removes them; otherwise they are only told.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<int> FindOrphansAsync(bool remove, CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var day in _recordings.Days())
        {
            // The directories first: one that is made later has its place in the history before.
            foreach (var some in RemovedRecordings.In(day).ToList().Chunk(AskedAtOnce))
            {
                var orphans = some.Except(await store.KnownAsync(some, cancellationToken)).ToList();
                found += orphans.Count;
                foreach (var going in remove ? orphans.Chunk(Batch) : [])
                {
                    await RemoveAsync(going);
                }
            }
        }

        if (found > 0)
        {
            Log.Orphans(logger, found, Path.Combine(dataDirectory, "journal"), remove ? "they were removed" : "they stay; CcSignal:Retention:RemoveOrphans removes them");
        }

        return found;
    }

    private static DateTimeOffset DayOf(string directory) =>
        new(DateOnly.ParseExact(Path.GetFileName(directory), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), default, TimeSpan.Zero);

    private async Task<int> RemoveAsync(IReadOnlyCollection<long> numbers)
    {
        var taken = new List<(long Number, IDisposable Use)>();
        try
        {
            taken.AddRange(numbers.Select(number => (number, Take(number))).Where(one => one.Item2 is not null)!);
            if (taken.Count > 0)
            {
                await store.RemoveAsync([.. taken.Select(one => one.Number)]);
            }

            taken.ForEach(one => Delete(one.Number));
            return taken.Count;
        }
        finally
        {
            taken.ForEach(one => one.Use.Dispose());
        }
    }

    // Null: it stays for now.
    private IDisposable? Take(long number)
    {
        if (tracked.TryGet(number, out _) || uses.TryRemove(number) is not { } use)
        {
            return null;
        }

        try
        {
            _recordings.Take(number);
            return use;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            use.Dispose();
            Log.NotRemoved(logger, number, fault.Message);
            return null;
        }
    }

    private void Delete(long number)
    {
        try
        {
            _recordings.Delete(number);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.NotDeleted(logger, number, fault.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4101, LogLevel.Information, "Retention removed {Count} executions of {Whose} with their recordings.")]
        public static partial void Removed(ILogger logger, int count, string whose);

        [LoggerMessage(4102, LogLevel.Warning, "The recording of execution number {Number} cannot be removed and stays: {Reason} Tried again at the next sweep.")]
        public static partial void NotRemoved(ILogger logger, long number, string reason);

        [LoggerMessage(4103, LogLevel.Warning, "What is left of the recording of execution number {Number} cannot be deleted: {Reason} Tried again at the next start.")]
        public static partial void NotDeleted(ILogger logger, long number, string reason);

        [LoggerMessage(4104, LogLevel.Warning, "{Count} recordings below {Directory} belong to no execution of the history; {Fate}.")]
        public static partial void Orphans(ILogger logger, int count, string directory, string fate);
    }
}
