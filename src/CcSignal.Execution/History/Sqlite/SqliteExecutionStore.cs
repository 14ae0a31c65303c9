using CcSignal.Contracts;
using Microsoft.Extensions.Logging;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>The store of one node in one file, <c>history.db</c>. Owns the file: its writer and its readers.</summary>
internal sealed class SqliteExecutionStore : IExecutionStore
{
    private const string LastNumber = "SELECT COALESCE(MAX(number), 0) FROM executions";

    private readonly string _path;
    private readonly StoreWriter _writer;
    private readonly HistoryReader _reader;
    private readonly TimeSpan _ageing;
    private readonly TimeProvider _time;
    private long _epoch;

    private SqliteExecutionStore(string path, StoreWriter writer, HistoryReader reader, NumberSource numbers, HistoryOptions options, TimeProvider time)
    {
        (_path, _writer, _reader, Numbers) = (path, writer, reader, numbers);
        (_ageing, _time) = (TimeSpan.FromSeconds(options.AgeingSeconds), time);
    }

    public NumberSource Numbers { get; }

    /// <summary>The writer, for tests that disturb it.</summary>
    internal StoreWriter Writer => _writer;

    /// <summary>Opens the history of a data directory, making or migrating it first.</summary>
    /// <exception cref="StoreException">It cannot be written, is not ours, is damaged, or is newer than this program; the message says what to do.</exception>
    public static async Task<SqliteExecutionStore> OpenAsync(string dataDirectory, HistoryOptions options, TimeProvider time, ILogger<SqliteExecutionStore> logger)
    {
        var path = Path.Combine(Path.GetFullPath(dataDirectory), "history.db");
        var session = new WriteSession(await Task.Run(() => HistoryFile.Open(path, options.Durability)));
        var numbers = new NumberSource(time, QueueReads.Node, after: session.Number(LastNumber));
        return new SqliteExecutionStore(
            path, new StoreWriter(session, path, options.MaxPendingWrites, time, logger), new HistoryReader(path, options.ScanBudget, time), numbers, options, time);
    }

    public async Task<Reconciliation> ReconcileAsync()
    {
        var found = await _writer.RunAsync(ReconcileWrite.Apply);
        Volatile.Write(ref _epoch, found.Epoch);
        return found;
    }

    public Task<StartOutcome> StartAsync(NewExecution execution) => _writer.RunAsync(session => StartWrite.Apply(session, execution, _ageing));

    public Task<IReadOnlyList<ClaimedExecution>> ClaimAsync(int maxRunning)
    {
        var mine = Volatile.Read(ref _epoch);
        return mine == 0
            ? throw new InvalidOperationException("ReconcileAsync comes before the first claim.")
            : _writer.RunAsync(session => ClaimWrite.Apply(session, maxRunning, mine, _path, _time.GetUtcNow().ToUnixTimeMilliseconds(), _ageing));
    }

    public Task<bool> StartedAsync(long number, long token, ProcessIdentity process, long startedAt) =>
        _writer.RunAsync(session => StartedWrite.Apply(session, number, token, process, startedAt));

    public Task<bool> PausedAsync(long number, long token, bool paused) =>
        _writer.RunAsync(session => PausedWrite.Apply(session, number, token, paused));

    public Task<EndOutcome> EndAsync(long number, long token, ExecutionInfo final) =>
        _writer.RunAsync(session => EndWrite.Apply(session, number, token, final));

    public Task<bool> EndQueuedAsync(long number, ExecutionInfo final) =>
        _writer.RunAsync(session => EndWrite.ApplyQueued(session, number, final));

    public Task<StoredExecution?> GetAsync(string id, CancellationToken cancellationToken) => _reader.GetAsync(id, cancellationToken);

    public Task<StoredExecution?> GetAsync(long number, CancellationToken cancellationToken) => _reader.GetAsync(number, cancellationToken);

    public Task<ExecutionPage> ListAsync(ExecutionQuery query, string? onlyOwner, CancellationToken cancellationToken) =>
        _reader.ListAsync(ListFilter.Of(query, onlyOwner), cancellationToken);

    public Task<IReadOnlyList<EndedExecution>> OldestEndedAsync(string? profile, long after, int count, CancellationToken cancellationToken) =>
        _reader.OldestEndedAsync(profile, after, count, cancellationToken);

    public Task<EndedTotals> EndedTotalsAsync(string? profile, CancellationToken cancellationToken) => _reader.EndedTotalsAsync(profile, cancellationToken);

    public Task<IReadOnlyList<EndedExecution>> CompressibleAsync(EndedExecution? after, long endedBefore, int count, CancellationToken cancellationToken) =>
        _reader.CompressibleAsync(after, endedBefore, count, cancellationToken);

    public Task CompressedAsync(long number, long bytes) => _writer.RunAsync(session => CompressedWrite.Apply(session, number, bytes));

    public Task<IReadOnlyList<long>> KnownAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken) => _reader.KnownAsync(numbers, cancellationToken);

    public Task<bool> HasDayAsync(DateTimeOffset day, CancellationToken cancellationToken) => _reader.HasDayAsync(day, cancellationToken);

    public Task RemoveAsync(IReadOnlyList<long> numbers) => _writer.RunAsync(session => RemoveWrite.Apply(session, numbers));

    public Task<bool> CompactAsync() => _writer.RunAsync(RemoveWrite.Compact);

    public Task<int?> PositionAsync(long number, CancellationToken cancellationToken) => _reader.PositionAsync(number, cancellationToken);

    public Task<IReadOnlyList<long>> OrderAsync(CancellationToken cancellationToken) => _reader.OrderAsync(cancellationToken);

    public Task<StoreCounts> CountAsync(CancellationToken cancellationToken) => _reader.CountAsync(QueueReads.Node, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _writer.DisposeAsync();
    }
}
