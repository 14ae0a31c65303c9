using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.History.Sqlite;
using static CcSignal.Execution.Tests.History.TemporaryHistory;

namespace CcSignal.Execution.Tests.History;

/// <summary>Who is served when more wait than can run.</summary>
public sealed class FairShareTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Owners_take_turns_however_much_each_of_them_wants()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        await QueueAsync(store, "greedy", 200);
        await QueueAsync(store, "modest", 20);
        await QueueAsync(store, "normal", 60);

        var served = await ClaimAsync(store, 45);

        served.CountBy(owner => owner).ShouldBe([new("greedy", 15), new("modest", 15), new("normal", 15)], ignoreOrder: true);
        // What one does not want is shared by the others.
        (await ClaimAsync(store, 45)).CountBy(owner => owner).ShouldBe([new("greedy", 20), new("modest", 5), new("normal", 20)], ignoreOrder: true);
    }

    [Fact]
    public async Task Who_comes_late_neither_waits_for_what_was_there_nor_catches_up()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        await QueueAsync(store, "early", 300);
        await ClaimAsync(store, 100);

        await QueueAsync(store, "late", 50);
        var served = await ClaimAsync(store, 40, from: 100);

        served.Count(owner => owner == "late").ShouldBeInRange(19, 21);
    }

    [Fact]
    public async Task A_hundred_owners_are_each_served_within_twice_their_share()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var random = new Random(7);
        var owners = Enumerable.Range(0, 2000).Select(_ => $"owner{(int)(100 * Math.Pow(random.NextDouble(), 2))}").Concat(Enumerable.Range(0, 100).SelectMany(i => Enumerable.Repeat($"owner{i}", 10)));
        foreach (var batch in owners.OrderBy(_ => random.Next()).Chunk(500))
        {
            await Task.WhenAll(batch.Select(owner => store.StartAsync(New(store, owner: owner))));
        }

        var served = (await ClaimAsync(store, 500)).CountBy(owner => owner).ToDictionary();

        served.Count.ShouldBe(100);
        served.Values.ShouldAllBe(count => count >= 3 && count <= 10);
    }

    [Fact]
    public async Task What_waits_long_rises_until_it_is_served_before_new_ones_of_a_higher_priority()
    {
        var clock = new SettableClock(1_800_000_000_000);
        await using var history = new TemporaryHistory { Time = clock };
        var store = await history.OpenReadyAsync();
        await store.StartAsync(New(store, new ExecutionRequest { Id = "patient", Command = "echo", Priority = -1 }));
        var minutes = 0;
        var active = 0;
        IReadOnlyList<ClaimedExecution> claimed;
        do
        {
            // Each minute brings one of a higher priority more than there are places for.
            await QueueAsync(store, "hurried", 2, priority: 2);
            claimed = await store.ClaimAsync(++active);
            clock.Now += 60_000;
        }
        while (claimed.All(execution => execution.Info.Id != "patient") && ++minutes < 20);

        minutes.ShouldBeInRange(3, 6);
    }

    [Fact]
    public async Task Alone_nothing_rises()
    {
        var clock = new SettableClock(1_800_000_000_000);
        await using var history = new TemporaryHistory { Time = clock };
        var store = await history.OpenReadyAsync();
        await QueueAsync(store, "anna", 3, priority: -5);
        clock.Now += 3_600_000;
        await store.ClaimAsync(1);

        await QueueAsync(store, "anna", 1, priority: -4);

        (await store.ClaimAsync(2)).ShouldHaveSingleItem().Request.Priority.ShouldBe(-4);
    }

    [Fact]
    public async Task The_order_and_the_places_are_those_of_the_claims_also_after_a_restart()
    {
        await using var history = new TemporaryHistory();
        var first = await history.OpenReadyAsync();
        await QueueAsync(first, "anna", 5);
        await QueueAsync(first, "bert", 3, priority: 1);
        await QueueAsync(first, "clara", 5);
        await first.DisposeAsync();

        var store = await history.OpenAsync();
        var queued = (await store.ReconcileAsync()).Queued;
        var order = await store.OrderAsync(Token);

        order.ShouldBe(queued.Select(entry => entry.Number));
        for (var place = 1; place <= order.Count; place++)
        {
            (await store.PositionAsync(order[place - 1], Token)).ShouldBe(place);
        }

        (await store.ClaimAsync(13)).Select(execution => execution.Number).ShouldBe(order);
        queued.Select(entry => entry.Info.Owner).ShouldBe(
            ["bert", "bert", "bert", "anna", "clara", "anna", "clara", "anna", "clara", "anna", "clara", "anna", "clara"]);
    }

    [Fact]
    public async Task A_key_in_use_holds_up_nobody_else_and_its_next_comes_when_it_is_free()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        foreach (var id in new[] { "one", "two", "three" })
        {
            await store.StartAsync(New(store, new ExecutionRequest { Id = id, Command = "echo", ExclusiveKey = "deploy" }));
        }

        await store.StartAsync(New(store, new ExecutionRequest { Id = "other", Command = "echo" }));
        var claimed = await store.ClaimAsync(10);
        claimed.Select(execution => execution.Info.Id).ShouldBe(["one", "other"]);

        // The second is cancelled while it waits, and the first ends.
        var two = (await store.GetAsync("two", Token))!;
        await store.EndQueuedAsync(two.Number, Ended(two.Info, EndCause.Cancelled));
        (await store.ClaimAsync(10)).ShouldBeEmpty();
        await store.EndAsync(claimed[0].Number, claimed[0].Token, Ended(claimed[0].Info));

        (await store.ClaimAsync(10)).ShouldHaveSingleItem().Info.Id.ShouldBe("three");
    }

    private static async Task QueueAsync(SqliteExecutionStore store, string owner, int count, int priority = 0)
    {
        for (var i = 0; i < count; i++)
        {
            await store.StartAsync(New(store, new ExecutionRequest { Command = "echo", Priority = priority }, owner));
        }
    }

    // One place after the other, and none of them ends.
    private static async Task<List<string>> ClaimAsync(SqliteExecutionStore store, int count, int? from = null)
    {
        var owners = new List<string>();
        var places = from ?? (await store.CountAsync(Token)).Active;
        for (var i = 0; i < count; i++)
        {
            owners.AddRange((await store.ClaimAsync(++places)).Select(execution => execution.Info.Owner));
        }

        return owners;
    }
}
