using System.Diagnostics;
using CcSignal.Contracts;
using CcSignal.Execution.History.Sqlite;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Tests.History;
using CcSignal.Execution.Watching;

namespace CcSignal.Execution.Tests.Watching;

/// <summary>What a watcher is told that takes more slowly than things happen.</summary>
public sealed class SlowWatcherTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_changes_of_one_execution_are_few_for_the_watcher_and_the_last_is_told()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var changes = new ExecutionChanges();
        var tracked = new TrackedExecutions(changes);
        var execution = await LivingAsync(store, tracked);
        await using var watch = new Watched(new Watches(changes, store, TimeProvider.System).Open(null, Engine.Admin, Token));
        await watch.TakeAsync(1);

        var clock = Stopwatch.StartNew();
        var changing = Task.Run(() =>
        {
            for (var i = 1; i <= 2_000_000 && clock.ElapsedMilliseconds < 1000; i++)
            {
                execution.Update(info => info with { Attempt = i });
            }

            execution.Update(info => TemporaryHistory.Ended(info));
        }, Token);
        await watch.UntilAsync(info => info.State == ExecutionState.Ended);
        await changing;

        // The first, then one each 100 ms, then the end.
        watch.Seen.Count.ShouldBeLessThanOrEqualTo((int)(clock.ElapsedMilliseconds / 100) + 3);
    }

    [Fact]
    public async Task A_watcher_that_was_held_up_hears_of_every_end_also_of_those_that_are_in_no_memory_any_more()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var changes = new ExecutionChanges();
        var tracked = new TrackedExecutions(changes);
        await using var watch = new Watched(new Watches(changes, store, TimeProvider.System).Open(new ExecutionQuery { Limit = 1 }, Engine.Admin, Token));
        await LivingAsync(store, tracked);
        await watch.TakeAsync(1);

        var ids = new HashSet<string>();
        for (var i = 0; i < 600; i++)
        {
            var execution = await LivingAsync(store, tracked);
            var final = TemporaryHistory.Ended(execution.Status.Info);
            await store.EndQueuedAsync(execution.Number, final);
            execution.Update(_ => final);
            tracked.Remove(execution);
            ids.Add(final.Id);
        }

        await watch.UntilAllAsync(seen => ids.IsSubsetOf(seen.Where(info => info.State == ExecutionState.Ended).Select(info => info.Id)));
    }

    [Fact]
    public void Who_was_held_up_for_too_long_is_told_so()
    {
        var changes = new ExecutionChanges();
        var tracked = new TrackedExecutions(changes);
        for (var number = 1; number <= 100_001; number++)
        {
            var execution = new TrackedExecution(number, Info($"e{number}"), new JournalFiles("none"));
            tracked.Restore(execution);
            execution.Update(info => TemporaryHistory.Ended(info));
            tracked.Remove(execution);
        }

        changes.Read(0, changes.Last, 10).ShouldBeNull();
        changes.Read(changes.Last - 3, changes.Last, 10)!.Select(change => change.Number).ShouldBe([100_000, 100_001]);
    }

    private static async Task<TrackedExecution> LivingAsync(SqliteExecutionStore store, TrackedExecutions tracked)
    {
        var accepted = TemporaryHistory.New(store);
        await store.StartAsync(accepted);
        var execution = new TrackedExecution(accepted.Number, accepted.Info, new JournalFiles("none"));
        tracked.Restore(execution);
        return execution;
    }

    private static ExecutionInfo Info(string id) => new()
    {
        Id = id,
        Profile = Defaults.Profile,
        Command = "echo",
        Arguments = [],
        WorkingDirectory = "/",
        Owner = "anna",
        Tags = new Dictionary<string, string>(),
        Node = "here",
        State = ExecutionState.Queued,
        QueuedAt = 0,
    };
}
