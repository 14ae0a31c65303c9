using CcSignal.Contracts;
using CcSignal.Execution.History;
using static CcSignal.Execution.Tests.History.TemporaryHistory;

namespace CcSignal.Execution.Tests.History;

public sealed class ClaimTests
{
    [Fact]
    public async Task Higher_priority_goes_first_then_the_order_of_start()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        foreach (var (id, priority) in new[] { ("a", 0), ("b", 5), ("c", -1), ("d", 0), ("e", 5) })
        {
            await store.StartAsync(New(store, new ExecutionRequest { Id = id, Command = "echo", Priority = priority }));
        }

        var claimed = new List<string>();
        for (var places = 1; places <= 5; places++)
        {
            claimed.Add((await store.ClaimAsync(places)).ShouldHaveSingleItem().Info.Id);
        }

        claimed.ShouldBe(["b", "e", "a", "d", "c"]);
    }

    [Fact]
    public async Task A_claim_takes_as_many_as_there_are_free_places()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        for (var i = 0; i < 5; i++)
        {
            await store.StartAsync(New(store));
        }

        var first = await store.ClaimAsync(3);
        var none = await store.ClaimAsync(3);
        await store.EndAsync(first[0].Number, first[0].Token, Ended(first[0].Info));
        var next = await store.ClaimAsync(3);

        first.Count.ShouldBe(3);
        none.ShouldBeEmpty();
        next.ShouldHaveSingleItem();
        (await store.CountAsync(CancellationToken.None)).ShouldBe(new StoreCounts(1, 3));
    }

    [Fact]
    public async Task A_claim_brings_the_whole_request_and_the_store_forgets_its_environment()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var request = new ExecutionRequest
        {
            Id = "full",
            Command = "make",
            Arguments = ["all"],
            Environment = new Dictionary<string, string> { ["KEY"] = "value" },
            TimeoutSeconds = 1.5,
            Retry = new RetryPolicy(3, ["rate_limited"]),
            Limits = new ResourceLimits { MemoryBytes = 1 << 20 },
        };
        await store.StartAsync(New(store, request));

        var claimed = (await store.ClaimAsync(1)).ShouldHaveSingleItem();

        claimed.Request.ShouldBeTheSameAs(request);
        claimed.Info.Attempt.ShouldBe(1);
        claimed.Info.QueuePosition.ShouldBeNull();
        claimed.Token.ShouldNotBe(0);
        (await store.GetAsync("full", CancellationToken.None))!.State.ShouldBe(StoredState.Starting);
        (await store.PositionAsync(claimed.Number, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Executions_of_one_owner_with_one_key_run_one_after_another_in_order_of_start()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        // The last has priority, and waits all the same: order of start is what the contract promises.
        foreach (var (id, priority) in new[] { ("a", 0), ("b", 0), ("c", 10) })
        {
            await store.StartAsync(New(store, new ExecutionRequest { Id = id, Command = "echo", ExclusiveKey = "repo", Priority = priority }));
        }

        var order = new List<string>();
        while ((await store.ClaimAsync(10)) is [var claimed, ..] all)
        {
            all.Count.ShouldBe(1);
            (await store.ClaimAsync(10)).ShouldBeEmpty();
            await store.StartedAsync(claimed.Number, claimed.Token, Process(), 1);
            (await store.ClaimAsync(10)).ShouldBeEmpty();
            await store.EndAsync(claimed.Number, claimed.Token, Ended(claimed.Info));
            order.Add(claimed.Info.Id);
        }

        order.ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task A_key_holds_up_neither_other_keys_nor_other_owners()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        foreach (var (id, owner, key) in new[] { ("a1", "anna", "k"), ("a2", "anna", "k"), ("a3", "anna", "other"), ("b1", "bert", "k"), ("b2", "bert", null) })
        {
            await store.StartAsync(New(store, new ExecutionRequest { Id = id, Command = "echo", ExclusiveKey = key }, owner));
        }

        (await store.ClaimAsync(10)).Select(c => c.Info.Id).ShouldBe(["a1", "b1", "b2", "a3"]);
    }

    [Fact]
    public async Task Cancelling_a_waiting_one_lets_the_next_of_its_key_go()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var first = New(store, new ExecutionRequest { Id = "a", Command = "echo", ExclusiveKey = "k" });
        await store.StartAsync(first);
        await store.StartAsync(New(store, new ExecutionRequest { Id = "b", Command = "echo", ExclusiveKey = "k" }));

        (await store.EndQueuedAsync(first.Number, Ended(first.Info, EndCause.Cancelled))).ShouldBeTrue();

        (await store.ClaimAsync(10)).ShouldHaveSingleItem().Info.Id.ShouldBe("b");
    }

    [Fact]
    public async Task Claims_at_once_never_take_the_same_execution_nor_more_than_the_places()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => store.StartAsync(New(store))));

        var claimed = (await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => store.ClaimAsync(120))))).SelectMany(c => c).ToList();

        claimed.Count.ShouldBe(120);
        claimed.DistinctBy(c => c.Number).Count().ShouldBe(120);
        claimed.DistinctBy(c => c.Token).Count().ShouldBe(120);
    }

    [Fact]
    public async Task A_cancel_and_a_claim_at_once_have_one_winner()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        for (var round = 0; round < 50; round++)
        {
            var execution = New(store);
            await store.StartAsync(execution);

            var claim = Task.Run(() => store.ClaimAsync(1000));
            var cancel = Task.Run(() => store.EndQueuedAsync(execution.Number, Ended(execution.Info, EndCause.Cancelled)));

            var claimed = await claim;
            claimed.Count.ShouldBe(await cancel ? 0 : 1);
        }
    }

    [Fact]
    public async Task A_server_that_was_replaced_claims_nothing()
    {
        await using var history = new TemporaryHistory();
        var old = await history.OpenReadyAsync();
        await old.StartAsync(New(old));
        var replacement = await history.OpenReadyAsync();

        var fault = await Should.ThrowAsync<StoreException>(() => old.ClaimAsync(10));

        fault.Fault.ShouldBe(StoreFault.Displaced);
        fault.Message.ShouldContain(history.DatabaseFile);
        (await replacement.ClaimAsync(10)).ShouldHaveSingleItem();
    }
}
