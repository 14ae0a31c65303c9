using CcSignal.Contracts;
using CcSignal.Execution.History;
using static CcSignal.Execution.Tests.History.TemporaryHistory;

namespace CcSignal.Execution.Tests.History;

public sealed class ReconcileTests
{
    [Fact]
    public async Task A_new_server_finds_everything_that_the_one_before_left()
    {
        await using var history = new TemporaryHistory();
        var old = await history.OpenReadyAsync();
        var request = new ExecutionRequest
        {
            Command = "make",
            Arguments = ["all"],
            Environment = new Dictionary<string, string> { ["KEY"] = "secret" },
            TimeoutSeconds = 60,
            StopGraceSeconds = 2,
            Tags = new Dictionary<string, string> { ["a"] = "b" },
        };
        foreach (var id in new[] { "done", "running", "starting", "waits-1", "waits-2" })
        {
            await old.StartAsync(New(old, request with { Id = id, Priority = id == "waits-2" ? 1 : 5 }) with { Deadline = 77 });
        }

        var claimed = (await old.ClaimAsync(3)).ToDictionary(c => c.Info.Id);
        await old.StartedAsync(claimed["running"].Number, claimed["running"].Token, Process(4711), 1_800_000_000_000);
        await old.EndAsync(claimed["done"].Number, claimed["done"].Token, Ended(claimed["done"].Info));

        // The server before is not closed: it was killed.
        var found = await (await history.OpenAsync()).ReconcileAsync();

        found.Epoch.ShouldBe(2);
        found.Inherited.Select(e => e.Info.Id).ShouldBe(["running", "starting"]);
        found.Inherited[0].Process.ShouldBe(Process(4711));
        found.Inherited[0].Info.State.ShouldBe(ExecutionState.Running);
        found.Inherited[0].Info.StartedAt.ShouldBe(1_800_000_000_000);
        found.Inherited[1].Process.ShouldBeNull();
        found.Inherited[1].Request.ShouldBeTheSameAs(request with { Id = "starting", Priority = 5, Environment = new Dictionary<string, string>() });
        found.Queued.Select(q => q.Info.Id).ShouldBe(["waits-1", "waits-2"]);
        found.Queued.Select(q => q.Info.QueuePosition).ShouldBe([1, 2]);
        found.Queued[0].Request.ShouldBeTheSameAs(request with { Id = "waits-1", Priority = 5 });
        found.Queued[0].Deadline.ShouldBe(77);
    }

    [Fact]
    public async Task The_server_before_cannot_end_what_the_new_one_has_inherited()
    {
        await using var history = new TemporaryHistory();
        var old = await history.OpenReadyAsync();
        await old.StartAsync(New(old, new ExecutionRequest { Id = "a", Command = "echo" }));
        var claimed = (await old.ClaimAsync(1))[0];
        var replacement = await history.OpenAsync();
        var inherited = (await replacement.ReconcileAsync()).Inherited.ShouldHaveSingleItem();

        (await old.StartedAsync(claimed.Number, claimed.Token, Process(), 1)).ShouldBeFalse();
        (await old.EndAsync(claimed.Number, claimed.Token, Ended(claimed.Info))).ShouldBe(EndOutcome.Fenced);
        (await replacement.EndAsync(inherited.Number, inherited.Token, Ended(inherited.Info, EndCause.Lost))).ShouldBe(EndOutcome.Ended);

        (await old.GetAsync("a", CancellationToken.None))!.Info.End!.Cause.ShouldBe(EndCause.Lost);
    }

    [Fact]
    public async Task What_was_inherited_still_holds_its_place_and_its_key()
    {
        await using var history = new TemporaryHistory();
        var old = await history.OpenReadyAsync();
        foreach (var id in new[] { "a", "b" })
        {
            await old.StartAsync(New(old, new ExecutionRequest { Id = id, Command = "echo", ExclusiveKey = "k" }));
        }

        await old.ClaimAsync(1);
        var replacement = await history.OpenAsync();
        var inherited = (await replacement.ReconcileAsync()).Inherited.ShouldHaveSingleItem();

        (await replacement.CountAsync(CancellationToken.None)).ShouldBe(new StoreCounts(1, 1));
        (await replacement.ClaimAsync(10)).ShouldBeEmpty();
        await replacement.EndAsync(inherited.Number, inherited.Token, Ended(inherited.Info));
        (await replacement.ClaimAsync(10)).ShouldHaveSingleItem().Info.Id.ShouldBe("b");
    }

    [Fact]
    public async Task An_end_that_was_recorded_before_the_kill_is_not_inherited_and_its_repeat_is_known()
    {
        await using var history = new TemporaryHistory();
        var old = await history.OpenReadyAsync();
        await old.StartAsync(New(old));
        var claimed = (await old.ClaimAsync(1))[0];
        await old.EndAsync(claimed.Number, claimed.Token, Ended(claimed.Info));

        var replacement = await history.OpenAsync();

        (await replacement.ReconcileAsync()).Inherited.ShouldBeEmpty();
        (await replacement.EndAsync(claimed.Number, claimed.Token, Ended(claimed.Info))).ShouldBe(EndOutcome.AlreadyEnded);
    }

    [Fact]
    public async Task Numbers_go_on_above_the_old_ones_although_the_clock_was_set_back()
    {
        await using var history = new TemporaryHistory { Time = new SettableClock(1_800_000_000_000) };
        var old = await history.OpenReadyAsync();
        var execution = New(old);
        await old.StartAsync(execution);
        history.Time = new SettableClock(1_790_000_000_000);

        var replacement = await history.OpenReadyAsync();

        replacement.Numbers.Next().ShouldBeGreaterThan(execution.Number);
    }

    [Fact]
    public async Task Nothing_is_claimed_before_the_store_is_reconciled()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenAsync();

        await Should.ThrowAsync<InvalidOperationException>(async () => await store.ClaimAsync(1));
    }
}
