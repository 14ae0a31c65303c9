using System.Runtime.Versioning;
using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.History.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using static CcSignal.Execution.Tests.History.TemporaryHistory;

namespace CcSignal.Execution.Tests.History;

public sealed class HistoryFileTests
{
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Nobody_else_may_read_the_history()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Modes of files are Unix.");
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        await store.StartAsync(New(store));

        File.GetUnixFileMode(history.DataDirectory).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var files = Directory.GetFiles(history.DataDirectory);
        files.Select(Path.GetFileName).ShouldBe(["history.db", "history.db-shm", "history.db-wal"], ignoreOrder: true);
        files.ShouldAllBe(file => File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_history_that_others_may_read_is_closed_to_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Modes of files are Unix.");
        await using var history = new TemporaryHistory();
        await using (await history.OpenAsync())
        {
        }

        File.SetUnixFileMode(history.DatabaseFile, (UnixFileMode)0b110_100_100);

        await history.OpenAsync();

        File.GetUnixFileMode(history.DatabaseFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task The_migrations_make_exactly_the_model()
    {
        await using var history = new TemporaryHistory();
        await history.OpenAsync();
        await using var context = Context(history);

        context.Database.HasPendingModelChanges().ShouldBeFalse();
        (await context.Database.GetAppliedMigrationsAsync(TestContext.Current.CancellationToken)).ShouldBe(context.Database.GetMigrations());
        // Each table answers: the ones written by hand too.
        (await context.Executions.CountAsync(TestContext.Current.CancellationToken)
            + await context.Tags.CountAsync(TestContext.Current.CancellationToken)
            + await context.CommandLines.CountAsync(TestContext.Current.CancellationToken)
            + await context.Queue.CountAsync(TestContext.Current.CancellationToken)
            + await context.QueueLengths.CountAsync(TestContext.Current.CancellationToken)
            + await context.Nodes.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task An_existing_history_is_opened_with_what_is_in_it()
    {
        await using var history = new TemporaryHistory();
        await using (var first = await history.OpenReadyAsync())
        {
            await first.StartAsync(New(first, new ExecutionRequest { Id = "a", Command = "echo" }));
        }

        var second = await history.OpenReadyAsync();

        (await second.GetAsync("a", CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_migration_that_was_killed_half_way_is_done_at_the_next_start()
    {
        await using var history = new TemporaryHistory();
        Directory.CreateDirectory(history.DataDirectory);
        // EF's own way leaves its lock behind when the process dies, and waits for it for ever. We neither take nor heed it.
        Run(history, "CREATE TABLE __EFMigrationsLock (Id INTEGER PRIMARY KEY, Timestamp TEXT NOT NULL); INSERT INTO __EFMigrationsLock VALUES (1, 'then'); PRAGMA application_id = 1130582887");

        var store = await history.OpenReadyAsync();

        (await store.StartAsync(New(store))).Result.ShouldBe(StartResult.Created);
    }

    [Fact]
    public async Task Several_servers_that_open_an_empty_history_at_once_make_one_schema()
    {
        await using var history = new TemporaryHistory();

        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(history.OpenReadyAsync)));

        (await stores[0].StartAsync(New(stores[0]))).Result.ShouldBe(StartResult.Created);
        (await stores[3].CountAsync(CancellationToken.None)).Queued.ShouldBe(1);
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_left_alone()
    {
        await using var history = new TemporaryHistory();
        await using (await history.OpenAsync())
        {
        }

        Run(history, "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Tomorrow', '99.0')");
        var before = await File.ReadAllBytesAsync(history.DatabaseFile, TestContext.Current.CancellationToken);

        var fault = await Should.ThrowAsync<StoreException>(history.OpenAsync);

        fault.Fault.ShouldBe(StoreFault.Newer);
        fault.Message.ShouldContain(history.DatabaseFile);
        fault.Message.ShouldContain("29990101000000_Tomorrow");
        (await File.ReadAllBytesAsync(history.DatabaseFile, TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task Another_programs_database_is_refused_and_left_alone()
    {
        await using var history = new TemporaryHistory();
        Directory.CreateDirectory(history.DataDirectory);
        Run(history, "CREATE TABLE recipes (name TEXT)");
        var before = await File.ReadAllBytesAsync(history.DatabaseFile, TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<StoreException>(history.OpenAsync)).Fault.ShouldBe(StoreFault.Foreign);

        (await File.ReadAllBytesAsync(history.DatabaseFile, TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        await using var history = new TemporaryHistory();
        Directory.CreateDirectory(history.DataDirectory);
        await File.WriteAllTextAsync(history.DatabaseFile, new string('x', 5000), TestContext.Current.CancellationToken);

        var fault = await Should.ThrowAsync<StoreException>(history.OpenAsync);

        fault.Fault.ShouldBe(StoreFault.Foreign);
        fault.Message.ShouldContain(history.DatabaseFile);
        (await File.ReadAllTextAsync(history.DatabaseFile, TestContext.Current.CancellationToken)).ShouldBe(new string('x', 5000));
    }

    [Fact]
    public async Task A_damaged_history_is_told_with_its_name()
    {
        await using var history = new TemporaryHistory();
        await using (var store = await history.OpenReadyAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => store.StartAsync(New(store))));
        }

        await using (var file = File.OpenWrite(history.DatabaseFile))
        {
            file.Seek(4096, SeekOrigin.Begin);
            file.Write(new byte[file.Length - 4096]);
        }

        var fault = await Should.ThrowAsync<StoreException>(history.OpenAsync);

        fault.Fault.ShouldBe(StoreFault.Damaged);
        fault.Message.ShouldContain(history.DatabaseFile);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_is_told_with_its_name()
    {
        await using var history = new TemporaryHistory();
        // A file stands where the directory should be: nobody may pass, root neither.
        await File.WriteAllTextAsync(history.DataDirectory, "", TestContext.Current.CancellationToken);

        var fault = await Should.ThrowAsync<StoreException>(history.OpenAsync);

        fault.Fault.ShouldBe(StoreFault.NotWritable);
        fault.Message.ShouldContain(history.DatabaseFile);
        File.Delete(history.DataDirectory);
        Directory.CreateDirectory(history.DataDirectory);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_directory_that_is_not_ours_to_write_is_told_with_its_name()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Root may write everywhere.");
        await using var history = new TemporaryHistory();
        Directory.CreateDirectory(history.DataDirectory, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        (await Should.ThrowAsync<StoreException>(history.OpenAsync)).Fault.ShouldBe(StoreFault.NotWritable);
    }

    [Theory]
    [InlineData(Durability.Process, 1)]
    [InlineData(Durability.Power, 2)]
    internal async Task The_file_is_set_up_as_durable_as_was_asked_for(Durability durability, int synchronous)
    {
        await using var history = new TemporaryHistory();
        history.Options.Durability = durability;
        var store = await history.OpenAsync();

        (await store.Writer.RunAsync(session => session.Number("PRAGMA synchronous"))).ShouldBe(synchronous);
        (await store.Writer.RunAsync(session => session.Number("PRAGMA secure_delete"))).ShouldBe(1);
        (await store.Writer.RunAsync(session => session.Number("PRAGMA auto_vacuum"))).ShouldBe(2);
    }

    private static HistoryContext Context(TemporaryHistory history) =>
        new(new DbContextOptionsBuilder<HistoryContext>().UseSqlite($"Data Source={history.DatabaseFile};Mode=ReadOnly;Pooling=False").Options);

    private static void Run(TemporaryHistory history, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={history.DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
