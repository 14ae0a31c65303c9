using CcSignal.Contracts;
using CcSignal.Execution.History;
using static CcSignal.Execution.Tests.History.TemporaryHistory;

namespace CcSignal.Execution.Tests.History;

public sealed class StartTests
{
    [Fact]
    public async Task An_accepted_execution_is_found_by_its_id_with_everything_said_of_it()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var execution = New(store, new ExecutionRequest
        {
            Id = "build-1",
            Command = "make",
            Arguments = ["-j", "2", "größer \"x\"\n\u0001"],
            Tags = new Dictionary<string, string> { ["branch"] = "main" },
            Terminal = new TerminalSize(80, 24),
        });

        var outcome = await store.StartAsync(execution);
        var found = await store.GetAsync("build-1", CancellationToken.None);

        outcome.Result.ShouldBe(StartResult.Created);
        outcome.Info!.QueuePosition.ShouldBe(1);
        found!.Number.ShouldBe(execution.Number);
        found.State.ShouldBe(StoredState.Queued);
        found.Info.ShouldBeTheSameAs(execution.Info with { QueuePosition = 1 });
    }

    [Fact]
    public async Task An_unknown_id_is_nothing()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();

        (await store.GetAsync("nobody", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_hundred_starts_of_one_id_at_once_make_one_execution()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var request = new ExecutionRequest { Id = "once", Command = "echo" };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => store.StartAsync(New(store, request)))));

        outcomes.Count(o => o.Result == StartResult.Created).ShouldBe(1);
        outcomes.Count(o => o.Result == StartResult.Existing).ShouldBe(99);
        outcomes.ShouldAllBe(o => o.Info!.Id == "once");
        (await store.ListAsync(new ExecutionQuery(), null, CancellationToken.None)).Items.Count.ShouldBe(1);
        (await store.CountAsync(CancellationToken.None)).ShouldBe(new StoreCounts(1, 0));
    }

    [Fact]
    public async Task The_same_id_for_another_request_or_another_owner_is_a_conflict()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var request = new ExecutionRequest { Id = "mine", Command = "echo" };
        await store.StartAsync(New(store, request, owner: "anna"));

        var otherRequest = await store.StartAsync(New(store, request with { Arguments = ["x"] }, owner: "anna"));
        var otherOwner = await store.StartAsync(New(store, request, owner: "bert"));

        otherRequest.ShouldBe(new StartOutcome(StartResult.Conflict, null));
        otherOwner.ShouldBe(new StartOutcome(StartResult.Conflict, null));
    }

    [Fact]
    public async Task A_repeat_finds_its_execution_also_when_the_queue_is_full_and_when_it_has_ended()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var request = new ExecutionRequest { Id = "again", Command = "echo" };
        var execution = New(store, request, maxQueued: 1, maxRunning: 0);
        await store.StartAsync(execution);

        var whenFull = await store.StartAsync(New(store, request, maxQueued: 1, maxRunning: 0));
        var final = Ended(execution.Info, EndCause.Cancelled);
        await store.EndQueuedAsync(execution.Number, final);
        var whenEnded = await store.StartAsync(New(store, request));

        whenFull.Result.ShouldBe(StartResult.Existing);
        whenFull.Info!.QueuePosition.ShouldBe(1);
        whenEnded.Result.ShouldBe(StartResult.Existing);
        whenEnded.Info.ShouldBeTheSameAs(final);
    }

    [Fact]
    public async Task The_queue_takes_what_may_wait_and_what_finds_a_free_place()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();

        var results = new List<StartResult>();
        for (var i = 0; i < 6; i++)
        {
            results.Add((await store.StartAsync(New(store, maxQueued: 3, maxRunning: 2))).Result);
        }

        results.Count(r => r == StartResult.Created).ShouldBe(5);
        results[^1].ShouldBe(StartResult.QueueFull);
        (await store.ClaimAsync(2)).Count.ShouldBe(2);
        (await store.StartAsync(New(store, maxQueued: 3, maxRunning: 2))).Result.ShouldBe(StartResult.QueueFull);
    }

    [Fact]
    public async Task A_refused_start_leaves_nothing()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var request = new ExecutionRequest { Id = "full", Command = "echo", Tags = new Dictionary<string, string> { ["a"] = "b" } };

        (await store.StartAsync(New(store, request, maxQueued: 0, maxRunning: 0))).Result.ShouldBe(StartResult.QueueFull);

        (await store.GetAsync("full", CancellationToken.None)).ShouldBeNull();
        (await store.StartAsync(New(store, request))).Result.ShouldBe(StartResult.Created);
    }

    [Fact]
    public async Task The_place_in_the_queue_counts_those_of_higher_priority_and_those_before()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var places = new List<int?>();
        foreach (var priority in new[] { 0, 0, -5, 10, 0 })
        {
            places.Add((await store.StartAsync(New(store, new ExecutionRequest { Command = "echo", Priority = priority }))).Info!.QueuePosition);
        }

        places.ShouldBe([1, 2, 3, 1, 4]);
    }
}
