using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.History.Sqlite;
using CcSignal.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;
using static CcSignal.Execution.Tests.History.TemporaryHistory;

namespace CcSignal.Execution.Tests.History;

public sealed class StoreWriterTests
{
    [Fact]
    public async Task What_came_while_the_writer_wrote_shares_one_commit()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        using var open = new ManualResetEventSlim();
        var held = store.Writer.RunAsync(_ => open.Wait(TimeSpan.FromSeconds(30)));
        var starts = Enumerable.Range(0, 100).Select(_ => store.StartAsync(New(store))).ToList();
        var before = Commits(history);

        open.Set();
        (await held).ShouldBeTrue();
        await Task.WhenAll(starts);

        // One for the group that was held up, one for all that came meanwhile.
        (Commits(history) - before).ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task A_write_that_fails_takes_nothing_with_it_and_leaves_nothing()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        using var open = new ManualResetEventSlim();
        var held = store.Writer.RunAsync(_ => open.Wait(TimeSpan.FromSeconds(30)));
        var (one, two, three) = (New(store), New(store), New(store));

        var first = store.StartAsync(one);
        var failing = store.Writer.RunAsync<int>(session =>
        {
            StartWrite.Apply(session, two, TimeSpan.FromMinutes(1));
            throw new InvalidOperationException("a bug of ours");
        });
        var refused = store.Writer.RunAsync(session => session.Execute("INSERT INTO nodes (node, epoch) VALUES (0, 0)"));
        var last = store.StartAsync(three);
        open.Set();

        (await held).ShouldBeTrue();
        (await first).Result.ShouldBe(StartResult.Created);
        (await last).Result.ShouldBe(StartResult.Created);
        (await Should.ThrowAsync<InvalidOperationException>(() => failing)).Message.ShouldBe("a bug of ours");
        (await Should.ThrowAsync<StoreException>(() => refused)).Fault.ShouldBe(StoreFault.Failed);
        (await store.GetAsync(two.Info.Id, CancellationToken.None)).ShouldBeNull();
        (await store.CountAsync(CancellationToken.None)).Queued.ShouldBe(2);
    }

    [Fact]
    public async Task A_full_disk_refuses_what_is_too_much_and_the_writer_goes_on()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        await store.StartAsync(New(store, new ExecutionRequest { Id = "running", Command = "echo" }));
        var claimed = (await store.ClaimAsync(1))[0];
        // SQLite's own limit answers as a full disk does: SQLITE_FULL, out of the same code.
        var pages = await store.Writer.RunAsync(session => session.Number("PRAGMA page_count"));
        await store.Writer.RunAsync(session => session.Number($"PRAGMA max_page_count = {pages + 4}"));

        using var open = new ManualResetEventSlim();
        var held = store.Writer.RunAsync(_ => open.Wait(TimeSpan.FromSeconds(30)));
        var large = store.StartAsync(New(store, new ExecutionRequest { Id = "large", Command = "echo", Arguments = [new string('x', 100_000)] }));
        var end = store.EndAsync(claimed.Number, claimed.Token, Ended(claimed.Info));
        open.Set();

        (await held).ShouldBeTrue();
        var fault = await Should.ThrowAsync<StoreException>(() => large);
        fault.Fault.ShouldBe(StoreFault.DiskFull);
        fault.Message.ShouldContain(history.DatabaseFile);
        (await end).ShouldBe(EndOutcome.Ended);
        (await store.GetAsync("large", CancellationToken.None)).ShouldBeNull();

        await store.Writer.RunAsync(session => session.Number("PRAGMA max_page_count = 1000000"));
        (await store.StartAsync(New(store, new ExecutionRequest { Id = "large", Command = "echo", Arguments = [new string('x', 100_000)] }))).Result.ShouldBe(StartResult.Created);
    }

    [Fact]
    public async Task Nothing_is_confirmed_that_was_not_committed()
    {
        using var directory = new TempDirectory();
        using var connection = new SqliteConnection($"Data Source={directory["some.db"]};Pooling=False");
        connection.Open();
        await using var writer = new StoreWriter(new WriteSession(connection), directory["some.db"], 16, TimeProvider.System, NullLogger.Instance);
        await writer.RunAsync(session => session.Execute("CREATE TABLE words (word TEXT)"));
        var refuse = true;
        raw.sqlite3_commit_hook(connection.Handle, _ => refuse ? 1 : 0, null);

        await Should.ThrowAsync<StoreException>(() => writer.RunAsync(session => session.Execute("INSERT INTO words VALUES ('lost')")));
        refuse = false;
        await writer.RunAsync(session => session.Execute("INSERT INTO words VALUES ('kept')"));

        (await writer.RunAsync(session => session.Number("SELECT COUNT(*) FROM words"))).ShouldBe(1);
    }

    [Fact]
    public async Task Readers_are_served_while_a_transaction_is_open()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        await store.StartAsync(New(store, new ExecutionRequest { Id = "a", Command = "echo" }));
        using var entered = new SemaphoreSlim(0);
        using var open = new ManualResetEventSlim();
        var next = New(store);
        var held = store.Writer.RunAsync(session =>
        {
            StartWrite.Apply(session, next, TimeSpan.FromMinutes(1));
            entered.Release();
            return open.Wait(TimeSpan.FromSeconds(30));
        });
        await entered.WaitAsync(TestContext.Current.CancellationToken);

        (await store.ListAsync(new ExecutionQuery(), null, CancellationToken.None)).Items.ShouldHaveSingleItem().Id.ShouldBe("a");

        open.Set();
        (await held).ShouldBeTrue();
        (await store.ListAsync(new ExecutionQuery(), null, CancellationToken.None)).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Closing_writes_what_was_accepted_and_refuses_the_rest()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var starts = Enumerable.Range(0, 50).Select(_ => store.StartAsync(New(store))).ToList();

        await store.DisposeAsync();

        (await Task.WhenAll(starts)).ShouldAllBe(outcome => outcome.Result == StartResult.Created);
        (await Should.ThrowAsync<StoreException>(() => store.StartAsync(New(store)))).Fault.ShouldBe(StoreFault.Closed);
        (await (await history.OpenReadyAsync()).CountAsync(CancellationToken.None)).Queued.ShouldBe(50);
    }

    // Each commit writes its pages to the log and marks the last of them with the size of the file (sqlite.org/fileformat2.html, WAL frame header).
    private static int Commits(TemporaryHistory history)
    {
        var log = File.ReadAllBytes(history.DatabaseFile + "-wal");
        var commits = 0;
        for (var frame = 32; frame + 24 + 4096 <= log.Length; frame += 24 + 4096)
        {
            commits += log.AsSpan(frame + 4, 4).IndexOfAnyExcept((byte)0) >= 0 ? 1 : 0;
        }

        return commits;
    }
}
