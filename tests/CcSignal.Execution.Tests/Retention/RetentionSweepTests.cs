using CcSignal.Execution.Admission;
using CcSignal.Execution.History.Sqlite;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Retention;
using CcSignal.Execution.Tests.History;
using CcSignal.Execution.Watching;
using CcSignal.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using static CcSignal.Execution.Tests.History.TemporaryHistory;

namespace CcSignal.Execution.Tests.Retention;

/// <summary>What a sweep leaves behind, also when the server was killed in the middle of one.</summary>
public sealed class RetentionSweepTests
{
    private static readonly RetentionRule KeepNothing = new(null, new KeepOptions { MaxExecutions = 0 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_killed_server_had_begun_to_remove_is_gone_after_the_next_start()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var numbers = await EndedAsync(history, store, 3);
        // Killed before the history forgot it, and killed after.
        var recordings = new RemovedRecordings(history.DataDirectory);
        recordings.Take(numbers[0]);
        recordings.Take(numbers[1]);
        await store.RemoveAsync([numbers[1]]);

        await Sweep(history, store).FinishAsync();

        (await store.KnownAsync(numbers, Token)).ShouldBe([numbers[2]]);
        recordings.Left().ShouldBeEmpty();
        numbers.Select(number => Directory.Exists(FilesOf(history, number).Directory)).ShouldBe([false, false, true]);
    }

    [Fact]
    public async Task Rows_recordings_and_days_go_and_the_file_gets_smaller()
    {
        await using var history = new TemporaryHistory { Time = new SettableClock(1_800_000_000_000) };
        var store = await history.OpenReadyAsync();
        for (var day = 0; day < 4; day++)
        {
            await EndedAsync(history, store, 300, argument: new string('x', 5000));
            ((SettableClock)history.Time).Now += 86_400_000;
        }

        var waiting = New(store);
        await store.StartAsync(waiting);
        await CheckpointAsync(history, store);
        var before = new FileInfo(history.DatabaseFile).Length;
        var sweep = Sweep(history, store);

        (await sweep.RunAsync(KeepNothing, Token)).ShouldBe(1200);
        await sweep.TidyAsync(Token);

        await CheckpointAsync(history, store);
        new FileInfo(history.DatabaseFile).Length.ShouldBeLessThan(before / 2);
        (await store.GetAsync(waiting.Number, Token)).ShouldNotBeNull();
        (await store.EndedTotalsAsync(null, Token)).ShouldBe(default);
        Directory.GetDirectories(Path.Combine(history.DataDirectory, "journal")).Length.ShouldBe(3, "removed, and the last two days");
    }

    [Fact]
    public async Task A_rule_of_a_profile_touches_no_other()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var agents = await EndedAsync(history, store, 3, profile: "agents");
        var builds = await EndedAsync(history, store, 3, profile: "builds");

        await Sweep(history, store).RunAsync(new RetentionRule("agents", new KeepOptions { MaxExecutions = 1 }), Token);

        (await store.KnownAsync([.. agents, .. builds], Token)).ShouldBe([agents[2], .. builds], ignoreOrder: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Recordings_of_no_execution_are_found_and_removed_only_when_that_is_wanted(bool remove)
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var known = await EndedAsync(history, store, 2);
        var orphan = FilesOf(history, store.Numbers.Next());
        orphan.Create();

        (await Sweep(history, store).FindOrphansAsync(remove, Token)).ShouldBe(1);

        Directory.Exists(orphan.Directory).ShouldBe(!remove);
        known.ShouldAllBe(number => Directory.Exists(FilesOf(history, number).Directory));
    }

    private static RetentionSweep Sweep(TemporaryHistory history, SqliteExecutionStore store) => new(
        store, new TrackedExecutions(new ExecutionChanges()), new RecordingUses(), history.DataDirectory, history.Time, NullLogger<RetentionSweep>.Instance);

    private static JournalFiles FilesOf(TemporaryHistory history, long number) => JournalFiles.Of(history.DataDirectory, number);

    private static async Task<List<long>> EndedAsync(TemporaryHistory history, SqliteExecutionStore store, int count, string? profile = null, string argument = "hello")
    {
        var numbers = new List<long>();
        for (var i = 0; i < count; i++)
        {
            var execution = New(store, new Contracts.ExecutionRequest
            {
                Command = "echo",
                Arguments = [argument],
                Profile = profile,
                Tags = new Dictionary<string, string> { ["n"] = "1" },
            });
            await store.StartAsync(execution);
            await store.EndQueuedAsync(execution.Number, Ended(execution.Info));
            FilesOf(history, execution.Number).Create();
            numbers.Add(execution.Number);
        }

        return numbers;
    }

    // What was given back is taken from the file when the log is written into it, which happens by itself now and then.
    private static async Task CheckpointAsync(TemporaryHistory history, SqliteExecutionStore store)
    {
        ((SettableClock)history.Time).Now += 2000;
        await store.Writer.RunAsync(session => session.SecretsLeft = true);
        await Eventually.HoldsAsync(() => store.Writer.RunAsync(session => !session.SecretsLeft), "the log is written into the file", Token);
    }
}
