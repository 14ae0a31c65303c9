using System.Diagnostics.CodeAnalysis;
using CcSignal.Contracts;
using CcSignal.Execution.History.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>
/// Reads through connections of its own, which neither wait for the writer nor hold it up. Owns their pool. What callers wait for is said in SQL: EF takes
/// 10 to 100 ms to compile each new form of a query, and a list has hundreds.
/// </summary>
internal sealed class HistoryReader : IDisposable
{
    private const int Look = 500;

    // In the words of its index, which SQLite takes for a reason to use it; only what has ended has recorded bytes.
    private const string Compressible =
        """
        SELECT number, ended_at, recorded_bytes FROM executions
        WHERE compression_tried = 0 AND recorded_bytes >= 16384
            AND ended_at >= ?1 AND ended_at < ?2 AND (ended_at > ?1 OR number > ?3)
        ORDER BY ended_at, number LIMIT ?4
        """;

    // A page that finds little ends after this and still has a next.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(3);

    private readonly string _connectionString;
    private readonly string _path;
    private readonly int _budget;
    private readonly TimeProvider _time;
    private readonly PooledDbContextFactory<HistoryContext> _contexts;

    public HistoryReader(string path, int budget, TimeProvider time)
    {
        (_path, _budget, _time) = (path, budget, time);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 5 }.ToString();
        _contexts = new(new DbContextOptionsBuilder<HistoryContext>()
            .UseSqlite(_connectionString)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .Options);
    }

    public Task<StoredExecution?> GetAsync(string id, CancellationToken cancellationToken) => GetAsync("e.id = ?", id, cancellationToken);

    public Task<StoredExecution?> GetAsync(long number, CancellationToken cancellationToken) => GetAsync("e.number = ?", number, cancellationToken);

    /// <summary>Looks at few at once, so that a page that fills soon costs little, and stops where the budget or the time is used up.</summary>
    public Task<ExecutionPage> ListAsync(ListFilter filter, CancellationToken cancellationToken) => ReadAsync(connection =>
    {
        var query = Quickest(connection, filter);
        var rows = new List<PageRow>();
        var started = _time.GetTimestamp();
        var (before, left) = (filter.Before, _budget);
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var floor = query.IsNarrowed ? FloorOf(connection, query, before, Math.Min(Look, left)) : 0;
            ReadRows(connection, query.Page(before, floor, filter.Limit + 1 - rows.Count), rows);
            (before, left) = (floor, left - Look);
        }
        while (rows.Count <= filter.Limit && before > filter.From && left > 0 && _time.GetElapsedTime(started) < Patience);

        var next = rows.Count > filter.Limit ? rows[filter.Limit - 1].Number : before;
        return new ExecutionPage([.. rows.Take(filter.Limit).Select(InfoOf)], next > filter.From ? PageCursor.Write(next) : null);
    });

    public Task<int?> PositionAsync(long number, CancellationToken cancellationToken) => ReadAsync(connection =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        return PositionOf(connection, number);
    });

    /// <summary>All that wait, in the order in which they will be taken.</summary>
    public Task<IReadOnlyList<long>> OrderAsync(CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<long>>(connection =>
    {
        var waiting = new List<(long Priority, long Turn, long Number)>();
        using var command = SqlText.Of("SELECT priority, turn, number FROM queue").On(connection);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            waiting.Add((-row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));
        }

        waiting.Sort();
        return [.. waiting.Select(entry => entry.Number)];
    });

    public Task<StoreCounts> CountAsync(int node, CancellationToken cancellationToken) => ReadAsync(connection =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new StoreCounts(
            (int)Number(connection, SqlText.Of(QueueReads.CountQueue))!.Value,
            (int)Number(connection, SqlText.Of(QueueReads.CountActive, node))!.Value);
    });

    public Task<IReadOnlyList<EndedExecution>> OldestEndedAsync(string? profile, long after, int count, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<EndedExecution>>(async context =>
        {
            // The empty text keeps the planner on the rows of the profile, in order.
            var rows = profile is null
                ? context.Executions.Where(e => e.State == StoredState.Ended)
                : context.Executions.Where(e => e.Profile == profile && e.State + "" == StoredState.Ended);
            return await rows.Where(e => e.Number > after).OrderBy(e => e.Number).Take(count)
                .Select(e => new EndedExecution(e.Number, e.EndedAt ?? 0, e.RecordedBytes)).ToListAsync(cancellationToken);
        });

    public Task<EndedTotals> EndedTotalsAsync(string? profile, CancellationToken cancellationToken) => AskAsync(async context =>
    {
        var rows = await context.ProfileTotals.Where(t => profile == null || t.Profile == profile).ToListAsync(cancellationToken);
        return rows.Aggregate(default(EndedTotals), (all, row) => all + new EndedTotals(row.Ended, row.Bytes));
    });

    /// <summary>What <see cref="CompressibleAsync"/> asks, for a test of its plan.</summary>
    internal static SqlText CompressibleText(EndedExecution? after, long endedBefore, int count) =>
        SqlText.Of(Compressible, after?.EndedAt ?? 0, endedBefore, after?.Number ?? 0, count);

    public Task<IReadOnlyList<EndedExecution>> CompressibleAsync(EndedExecution? after, long endedBefore, int count, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<EndedExecution>>(connection =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = new List<EndedExecution>();
            using var command = CompressibleText(after, endedBefore, count).On(connection);
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                found.Add(new EndedExecution(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));
            }

            return found;
        });

    public Task<IReadOnlyList<long>> KnownAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<long>>(connection =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var known = new List<long>();
        using var command = SqlText.Of("SELECT number FROM executions WHERE number IN (SELECT value FROM json_each(?1))", StoredInfo.Write(numbers)).On(connection);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            known.Add(row.GetInt64(0));
        }

        return known;
    });

    public Task<bool> HasDayAsync(DateTimeOffset day, CancellationToken cancellationToken)
    {
        var from = ExecutionNumber.FirstAt(day.ToUnixTimeMilliseconds());
        var to = ExecutionNumber.FirstAt(day.AddDays(1).ToUnixTimeMilliseconds());
        return AskAsync(context => context.Executions.AnyAsync(e => e.Number >= from && e.Number < to, cancellationToken));
    }

    public void Dispose()
    {
        using var any = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(any);
    }

    private Task<StoredExecution?> GetAsync(string condition, object value, CancellationToken cancellationToken) => ReadAsync(connection =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rows = new List<PageRow>();
        ReadRows(connection, new SqlText().Add($"SELECT {PageQuery.Columns} FROM executions AS e WHERE ").Add(condition, value), rows);
        if (rows is not [var row])
        {
            return null;
        }

        var info = InfoOf(row);
        return new StoredExecution(
            row.Number, row.State, row.State == StoredState.Queued ? info with { QueuePosition = PositionOf(connection, row.Number) } : info);
    });

    // SQLite answers on the thread that asks; these answers take less than handing them to another would.
    [SuppressMessage("Design", "CA1031", Justification = "A fault belongs into the task, as of any read.")]
    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            using var connection = new SqliteConnection(_connectionString);
            connection.Open();
            return Task.FromResult(read(connection));
        }
        catch (SqliteException fault)
        {
            return Task.FromException<T>(HistoryFile.Explain(fault, _path));
        }
        catch (Exception fault)
        {
            return Task.FromException<T>(fault);
        }
    }

    private async Task<T> AskAsync<T>(Func<HistoryContext, Task<T>> read)
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

    // The rarer what drives is, the further back its next executions reach.
    private static PageQuery Quickest(SqliteConnection connection, ListFilter filter) =>
        PageQuery.WaysTo(filter) switch
        {
            [var only] => only,
            var ways => ways.MinBy(way => FloorOf(connection, way, filter.Before, Look))!,
        };

    // 0 when fewer than that are left.
    private static long FloorOf(SqliteConnection connection, PageQuery query, long before, int look) =>
        query.Floors(before, look).Max(bound => Number(connection, bound) ?? 0);

    private static int? PositionOf(SqliteConnection connection, long number)
    {
        using var find = SqlText.Of("SELECT priority, turn FROM queue WHERE number = ?1", number).On(connection);
        using var entry = find.ExecuteReader();
        return entry.Read()
            ? 1 + (int)Number(connection, SqlText.Of(QueueReads.CountBefore, entry.GetInt64(0), entry.GetInt64(1), number))!.Value
            : null;
    }

    private static long? Number(SqliteConnection connection, SqlText text)
    {
        using var command = text.On(connection);
        return command.ExecuteScalar() as long?;
    }

    private static void ReadRows(SqliteConnection connection, SqlText text, List<PageRow> rows)
    {
        using var command = text.On(connection);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            rows.Add(new PageRow(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.IsDBNull(4) ? null : row.GetInt64(4), row.IsDBNull(5) ? null : row.GetInt32(5)));
        }
    }

    private static ExecutionInfo InfoOf(PageRow row) => StoredInfo.Compose(row.Info, row.State, row.Attempt, row.StartedAt, row.ProcessId);
}
