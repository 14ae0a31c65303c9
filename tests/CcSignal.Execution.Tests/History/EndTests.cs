using CcSignal.Contracts;
using CcSignal.Execution.History;
using static CcSignal.Execution.Tests.History.TemporaryHistory;

namespace CcSignal.Execution.Tests.History;

public sealed class EndTests
{
    [Fact]
    public async Task The_final_words_are_kept_exactly()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        await store.StartAsync(New(store, new ExecutionRequest { Id = "a", Command = "claude", Arguments = ["-p", "ü\ud83d\ude00"] }));
        var claimed = (await store.ClaimAsync(1))[0];
        (await store.StartedAsync(claimed.Number, claimed.Token, Process(), 1_800_000_000_001)).ShouldBeTrue();
        var running = await store.GetAsync("a", CancellationToken.None);
        var final = Ended(running!.Info, EndCause.Signaled) with
        {
            MaxRssBytes = long.MaxValue,
            CpuSeconds = 0.1 + 0.2,
            End = new ExecutionEnd
            {
                Cause = EndCause.Signaled,
                Signal = "SIGSEGV",
                Message = "It crashed.",
                Retryable = true,
                Evidence = new Evidence(OutputStream.Stderr, 7, 3, "ouch\u0000"),
            },
            Agent = new AgentInfo { Adapter = "claude", CostUsd = 0.017, InputTokens = 5 },
        };

        (await store.EndAsync(claimed.Number, claimed.Token, final)).ShouldBe(EndOutcome.Ended);

        running.Info.State.ShouldBe(ExecutionState.Running);
        running.Info.StartedAt.ShouldBe(1_800_000_000_001);
        running.Info.ProcessId.ShouldBe(42);
        (await store.GetAsync("a", CancellationToken.None))!.Info.ShouldBeTheSameAs(final);
        (await store.ListAsync(new ExecutionQuery(), null, CancellationToken.None)).Items.ShouldHaveSingleItem().ShouldBeTheSameAs(final);
    }

    [Fact]
    public async Task An_end_knows_its_own_repeat_and_the_first_one_stands()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        await store.StartAsync(New(store, new ExecutionRequest { Id = "a", Command = "echo" }));
        var claimed = (await store.ClaimAsync(1))[0];

        (await store.EndAsync(claimed.Number, claimed.Token, Ended(claimed.Info))).ShouldBe(EndOutcome.Ended);
        (await store.EndAsync(claimed.Number, claimed.Token, Ended(claimed.Info, EndCause.Lost))).ShouldBe(EndOutcome.AlreadyEnded);

        (await store.GetAsync("a", CancellationToken.None))!.Info.End!.Cause.ShouldBe(EndCause.Exited);
    }

    [Fact]
    public async Task Who_does_not_hold_the_token_changes_nothing()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        await store.StartAsync(New(store, new ExecutionRequest { Id = "a", Command = "echo" }));
        var claimed = (await store.ClaimAsync(1))[0];

        (await store.EndAsync(claimed.Number, claimed.Token + 1, Ended(claimed.Info))).ShouldBe(EndOutcome.Fenced);
        (await store.StartedAsync(claimed.Number, claimed.Token + 1, Process(), 1)).ShouldBeFalse();
        (await store.EndAsync(claimed.Number + 1, claimed.Token, Ended(claimed.Info))).ShouldBe(EndOutcome.Fenced);
        (await store.EndQueuedAsync(claimed.Number, Ended(claimed.Info, EndCause.Cancelled))).ShouldBeFalse();

        (await store.GetAsync("a", CancellationToken.None))!.State.ShouldBe(StoredState.Starting);
    }

    [Fact]
    public async Task A_start_that_is_told_after_the_end_changes_nothing()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        await store.StartAsync(New(store, new ExecutionRequest { Id = "a", Command = "echo" }));
        var claimed = (await store.ClaimAsync(1))[0];
        await store.EndAsync(claimed.Number, claimed.Token, Ended(claimed.Info));

        (await store.StartedAsync(claimed.Number, claimed.Token, Process(), 1)).ShouldBeFalse();

        (await store.GetAsync("a", CancellationToken.None))!.State.ShouldBe(StoredState.Ended);
    }

    [Fact]
    public async Task One_that_waits_ends_once()
    {
        await using var history = new TemporaryHistory();
        var store = await history.OpenReadyAsync();
        var execution = New(store, new ExecutionRequest { Id = "a", Command = "echo" });
        await store.StartAsync(execution);

        (await store.EndQueuedAsync(execution.Number, Ended(execution.Info, EndCause.QueueTimedOut))).ShouldBeTrue();
        (await store.EndQueuedAsync(execution.Number, Ended(execution.Info, EndCause.Cancelled))).ShouldBeFalse();

        (await store.GetAsync("a", CancellationToken.None))!.Info.End!.Cause.ShouldBe(EndCause.QueueTimedOut);
        (await store.ClaimAsync(10)).ShouldBeEmpty();
        (await store.CountAsync(CancellationToken.None)).ShouldBe(new StoreCounts(0, 0));
    }
}
