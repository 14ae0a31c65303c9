using System.Linq.Expressions;
using CcSignal.Contracts;
using CcSignal.Execution.History.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>Reads through connections of its own, which neither wait for the writer nor hold it up. Owns their pool.</summary>
internal sealed class HistoryReader : IDisposable
{
    private const int FirstLook = 500;

    private readonly string _connectionString;
    private readonly string _path;
    private readonly int _budget;
    private readonly PooledDbContextFactory<HistoryContext> _contexts;

    public HistoryReader(string path, int budget)
    {
        (_path, _budget) = (path, budget);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 5 }.ToString();
        _contexts = new(new DbContextOptionsBuilder<HistoryContext>()
            .UseSqlite(_connectionString)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .Options);
    }

    public Task<StoredExecution?> GetAsync(string id, CancellationToken cancellationToken) => GetAsync(e => e.Id == id, cancellationToken);

    public Task<StoredExecution?> GetAsync(long number, CancellationToken cancellationToken) => GetAsync(e => e.Number == number, cancellationToken);

    private Task<StoredExecution?> GetAsync(Expression<Func<ExecutionRow, bool>> which, CancellationToken cancellationToken) => ReadAsync<StoredExecution?>(async context =>
    {
        var row = await context.Executions
            .Where(which)
            .Select(e => new PageRow(e.Number, e.Info, e.State, e.Attempt, e.StartedAt, e.ProcessId))
            .SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return null;
        }

        var info = InfoOf(row);
        return row.State == StoredState.Queued
            ? new StoredExecution(row.Number, row.State, info with { QueuePosition = await PositionAsync(context, row.Number, cancellationToken) })
            : new StoredExecution(row.Number, row.State, info);
    });

    /// <summary>Looks at few first and then at more, so that a page that fills at once costs little, and stops where the budget is used up.</summary>
    public Task<ExecutionPage> ListAsync(ListFilter filter, CancellationToken cancellationToken) => ReadAsync(async context =>
    {
        var query = new PageQuery(context, filter);
        var rows = new List<PageRow>();
        var (before, left, look) = (filter.Before, _budget, FirstLook);
        do
        {
            look = Math.Min(look, left);
            var floor = query.IsNarrowed ? await FloorAsync(query, before, look, cancellationToken) : 0;
            rows.AddRange(await query.Page(before, floor, filter.Limit + 1 - rows.Count).ToListAsync(cancellationToken));
            (before, left, look) = (floor, left - look, look * 2);
        }
        while (rows.Count <= filter.Limit && before > filter.From && left > 0);

        var next = rows.Count > filter.Limit ? rows[filter.Limit - 1].Number : before;
        return new ExecutionPage([.. rows.Take(filter.Limit).Select(InfoOf)], next > filter.From ? PageCursor.Write(next) : null);
    });

    public Task<IReadOnlyList<EndedExecution>> OldestEndedAsync(string? profile, long after, int count, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<EndedExecution>>(async context =>
        {
            // The empty text keeps the planner on the rows of the profile, in order.
            var rows = profile is null
                ? context.Executions.Where(e => e.State == StoredState.Ended)
                : context.Executions.Where(e => e.Profile == profile && e.State + "" == StoredState.Ended);
            return await rows.Where(e => e.Number > after).OrderBy(e => e.Number).Take(count)
                .Select(e => new EndedExecution(e.Number, e.EndedAt ?? 0, e.RecordedBytes)).ToListAsync(cancellationToken);
        });

    public Task<EndedTotals> EndedTotalsAsync(string? profile, CancellationToken cancellationToken) => ReadAsync(async context =>
    {
        var rows = await context.ProfileTotals.Where(t => profile == null || t.Profile == profile).ToListAsync(cancellationToken);
        return rows.Aggregate(default(EndedTotals), (all, row) => all + new EndedTotals(row.Ended, row.Bytes));
    });

    public Task<IReadOnlyList<long>> KnownAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<long>>(
        async context => await context.Executions.Where(e => numbers.Contains(e.Number)).Select(e => e.Number).ToListAsync(cancellationToken));

    public Task<bool> HasDayAsync(DateTimeOffset day, CancellationToken cancellationToken)
    {
        var from = ExecutionNumber.FirstAt(day.ToUnixTimeMilliseconds());
        var to = ExecutionNumber.FirstAt(day.AddDays(1).ToUnixTimeMilliseconds());
        return ReadAsync(context => context.Executions.AnyAsync(e => e.Number >= from && e.Number < to, cancellationToken));
    }

    public Task<int?> PositionAsync(long number, CancellationToken cancellationToken) =>
        ReadAsync(context => PositionAsync(context, number, cancellationToken));

    public Task<StoreCounts> CountAsync(int node, CancellationToken cancellationToken) => ReadAsync(async context => new StoreCounts(
        await context.QueueLengths.SumAsync(q => q.Waiting, cancellationToken),
        await context.Executions.CountAsync(
            e => e.Node == node && (e.State == StoredState.Starting || e.State == StoredState.Running || e.State == StoredState.Paused), cancellationToken)));

    public void Dispose()
    {
        using var any = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(any);
    }

    private async Task<T> ReadAsync<T>(Func<HistoryContext, Task<T>> read)
    {
        try
        {
            await using var context = await _contexts.CreateDbContextAsync();
            return await read(context);
        }
        catch (SqliteException fault)
        {
            throw HistoryFile.Explain(fault, _path);
        }
    }

    // 0 when fewer than that are left.
    private static async Task<long> FloorAsync(PageQuery query, long before, int look, CancellationToken cancellationToken)
    {
        long floor = 0;
        foreach (var bound in query.Floors(before, look))
        {
            floor = Math.Max(floor, await bound.FirstOrDefaultAsync(cancellationToken));
        }

        return floor;
    }

    private static async Task<int?> PositionAsync(HistoryContext context, long number, CancellationToken cancellationToken)
    {
        var entry = await context.Queue.Where(q => q.Number == number).Select(q => new { q.Priority }).SingleOrDefaultAsync(cancellationToken);
        return entry is null
            ? null
            : 1 + await context.QueueLengths.Where(q => q.Priority > entry.Priority).SumAsync(q => q.Waiting, cancellationToken)
                + await context.Queue.CountAsync(q => q.Priority == entry.Priority && q.Number < number, cancellationToken);
    }

    private static ExecutionInfo InfoOf(PageRow row) => StoredInfo.Compose(row.Info, row.State, row.Attempt, row.StartedAt, row.ProcessId);
}
