using CcSignal.Contracts;
using CcSignal.Execution.Tests.Processes;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests;

/// <summary>A command that nobody follows for as long as its request says is ended; who follows it, and when, decides nothing else.</summary>
public sealed class AbandonmentTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_ever_followed_is_ended_as_abandoned()
    {
        await using var engine = await Engine.StartAsync();
        var id = await StartAsync(engine, abandonAfterSeconds: 0.2);

        var end = await EndAsync(engine, id);

        end.Cause.ShouldBe(EndCause.Abandoned);
        end.Message.ShouldBe("Nobody followed it for 0.2 s.");
    }

    [Fact]
    public async Task What_does_not_ask_for_it_runs_on_unseen()
    {
        await using var engine = await Engine.StartAsync();
        var id = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;

        await EndAsync(engine, await StartAsync(engine, abandonAfterSeconds: 0.2));

        (await engine.Service.GetAsync(id, Engine.Admin, Cancelled)).State.ShouldBe(ExecutionState.Running);
        await engine.Service.CancelAsync(id, null, Engine.Admin, Cancelled);
        await EndAsync(engine, id);
    }

    [Fact]
    public async Task One_follower_of_two_is_enough_and_the_last_one_to_leave_starts_the_clock()
    {
        await using var engine = await Engine.StartAsync();
        var id = await StartAsync(engine, abandonAfterSeconds: 3);
        var first = await FollowAsync(engine, id);
        var second = await FollowAsync(engine, id);

        await first.DisposeAsync();
        await EndAsync(engine, await StartAsync(engine, abandonAfterSeconds: 4));
        var followed = await engine.Service.GetAsync(id, Engine.Admin, Cancelled);
        await second.DisposeAsync();
        var end = await EndAsync(engine, id);

        followed.State.ShouldBe(ExecutionState.Running);
        end.Cause.ShouldBe(EndCause.Abandoned);
    }

    [Fact]
    public async Task Somebody_who_comes_back_in_time_sets_the_clock_back()
    {
        await using var engine = await Engine.StartAsync();
        var id = await StartAsync(engine, abandonAfterSeconds: 5);
        var began = TimeProvider.System.GetTimestamp();

        for (var look = 0; look < 3; look++)
        {
            var follower = await FollowAsync(engine, id);
            await EndAsync(engine, await StartAsync(engine, abandonAfterSeconds: 2));
            await follower.DisposeAsync();
        }

        var end = await EndAsync(engine, id);
        end.Cause.ShouldBe(EndCause.Abandoned);
        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromSeconds(3 * 2 + 5));
    }

    [Theory, EveryTree]
    public async Task A_paused_one_is_not_abandoned_before_it_runs_again(string groups)
    {
        await using var engine = await Trees.StartAsync(groups);
        var id = await StartAsync(engine, abandonAfterSeconds: 4);
        await (await FollowAsync(engine, id)).DisposeAsync();
        await engine.Service.PauseAsync(id, Engine.Admin, Cancelled);

        await EndAsync(engine, await StartAsync(engine, abandonAfterSeconds: 5));
        var paused = await engine.Service.GetAsync(id, Engine.Admin, Cancelled);
        await engine.Service.ResumeAsync(id, Engine.Admin, Cancelled);
        var end = await EndAsync(engine, id);

        paused.State.ShouldBe(ExecutionState.Paused);
        end.Cause.ShouldBe(EndCause.Abandoned);
    }

    [Fact]
    public async Task Its_end_says_how_the_command_answered()
    {
        await using var engine = await Engine.StartAsync("linux");
        var id = (await engine.Service.StartAsync(Engine.Request("on-term", "3") with { AbandonAfterSeconds = 2 }, Engine.Admin)).Id;
        await (await FollowAsync(engine, id)).DisposeAsync();

        var end = await EndAsync(engine, id);

        (end.Cause, end.ExitCode).ShouldBe((EndCause.Abandoned, 3));
    }

    private static async Task<string> StartAsync(Engine engine, double abandonAfterSeconds) =>
        (await engine.Service.StartAsync(Engine.Request("sleep", "600") with { AbandonAfterSeconds = abandonAfterSeconds }, Engine.Admin)).Id;

    // Has heard the command's first words: it runs, and somebody follows.
    private static async Task<IAsyncDisposable> FollowAsync(Engine engine, string id)
    {
        var events = engine.FollowAsync(id).GetAsyncEnumerator(Cancelled);
        do
        {
            (await events.MoveNextAsync()).ShouldBeTrue();
        }
        while (events.Current.Kind != EventKind.Output);
        return events;
    }

    // Asked for, not followed.
    private static async Task<ExecutionEnd> EndAsync(Engine engine, string id) =>
        await Eventually.Is(() => engine.Service.GetAsync(id, Engine.Admin, Cancelled).Result.End, cancellationToken: Cancelled);
}
