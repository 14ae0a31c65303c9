using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>
/// The one writer. Whatever came while it wrote goes into the next transaction together (natural group commit): alone a write waits for
/// nobody, under load a commit is shared by many. Owns its loop and its session.
/// </summary>
internal sealed partial class StoreWriter : IAsyncDisposable
{
    // Bounds how long the first of a group waits for the last.
    private const int MaxGroup = 256;

    // A checkpoint waits for the disk twice, so executions with an environment must not cost one each.
    private static readonly TimeSpan ScrubEvery = TimeSpan.FromSeconds(1);

    private readonly WriteSession _session;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<PendingWrite> _pending;
    private readonly ITimer _scrubTimer;
    private readonly Task _loop;
    private long _lastScrub;

    public StoreWriter(WriteSession session, string path, int maxPending, TimeProvider time, ILogger logger)
    {
        (_session, _path, _time, _logger) = (session, path, time, logger);
        _pending = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(maxPending) { SingleReader = true });
        _lastScrub = time.GetTimestamp() - time.TimestampFrequency * (long)ScrubEvery.TotalSeconds;
        // An empty write wakes the loop; when there is no room for it, the loop is awake.
        _scrubTimer = time.CreateTimer(_ => _pending.Writer.TryWrite(new PendingWrite<int>(_ => 0)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _loop = Task.Run(WriteAllAsync);
    }

    /// <summary>Does this in a transaction, perhaps together with others; whatever becomes of those, it is done wholly or not at all.</summary>
    /// <param name="apply">Reads and writes through the session only, since it may be called twice.</param>
    /// <exception cref="StoreException">The database refused it; nothing was changed.</exception>
    public async Task<T> RunAsync<T>(Func<WriteSession, T> apply)
    {
        var write = new PendingWrite<T>(apply);
        try
        {
            await _pending.Writer.WriteAsync(write);
        }
        catch (ChannelClosedException)
        {
            throw new StoreException(StoreFault.Closed, $"The history {_path} is closed: the server is stopping.");
        }

        return await write.Completion;
    }

    /// <summary>Writes what is waiting, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _pending.Writer.TryComplete();
        await _loop;
        await _scrubTimer.DisposeAsync();
        _session.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var group = new List<PendingWrite>(MaxGroup);
        while (await _pending.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MaxGroup && _pending.Reader.TryRead(out var write))
            {
                group.Add(write);
            }

            Commit(group);
            ScrubIfDue();
        }
    }

    private void Commit(List<PendingWrite> group)
    {
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var write in group)
            {
                Apply(write);
            }

            _session.Execute("COMMIT");
        }
        catch (Exception fault)
        {
            RollBack();
            if (group.Count > 1)
            {
                // One of them may have been too much for the disk; the end of an execution must not be lost with it.
                foreach (var write in group)
                {
                    Commit([write]);
                }

                return;
            }

            group[0].Refuse(Explain(fault));
        }

        foreach (var write in group)
        {
            write.Complete();
        }
    }

    private void Apply(PendingWrite write)
    {
        _session.Execute("SAVEPOINT one");
        try
        {
            write.Apply(_session);
        }
        catch (Exception fault) when (_session.InTransaction)
        {
            _session.Execute("ROLLBACK TO one");
            write.Refuse(Explain(fault));
        }

        _session.Execute("RELEASE one");
    }

    private void RollBack()
    {
        try
        {
            if (_session.InTransaction)
            {
                _session.Execute("ROLLBACK");
            }
        }
        catch (SqliteException fault)
        {
            // The next group finds the transaction open, is refused, and tries this again.
            Log.NotRolledBack(_logger, _path, fault);
        }
    }

    private Exception Explain(Exception fault) => fault is SqliteException refused ? HistoryFile.Explain(refused, _path) : fault;

    // Deleted rows are zeroed in the file (secure_delete), but their old pages stay in the log until it is cut off.
    private void ScrubIfDue()
    {
        if (!_session.SecretsLeft)
        {
            return;
        }

        var wait = ScrubEvery - _time.GetElapsedTime(_lastScrub);
        if (wait > TimeSpan.Zero)
        {
            _scrubTimer.Change(wait, Timeout.InfiniteTimeSpan);
            return;
        }

        _lastScrub = _time.GetTimestamp();
        try
        {
            // 1: a reader still looks at an old page; readers are short, so next time.
            _session.SecretsLeft = _session.Number("PRAGMA wal_checkpoint(TRUNCATE)") == 1;
        }
        catch (SqliteException fault)
        {
            Log.NotScrubbed(_logger, _path, fault);
        }

        if (_session.SecretsLeft)
        {
            _scrubTimer.Change(ScrubEvery, Timeout.InfiniteTimeSpan);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4001, LogLevel.Warning, "The log of {Path} could not be cut off: environments of claimed executions stay in it for now. Tried again in a second.")]
        public static partial void NotScrubbed(ILogger logger, string path, Exception fault);

        [LoggerMessage(4002, LogLevel.Error, "A transaction in {Path} could not be rolled back; nothing is recorded until it can. Check the disk.")]
        public static partial void NotRolledBack(ILogger logger, string path, Exception fault);
    }
}
