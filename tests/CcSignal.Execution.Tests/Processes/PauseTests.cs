using CcSignal.Contracts;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>Pausing: the whole tree stands still, and so do its clocks.</summary>
public sealed class PauseTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, EveryTree]
    public async Task A_paused_tree_writes_nothing_and_goes_on_where_it_stood(string groups)
    {
        await using var engine = await StartAsync(groups);
        const string script = "setsid sh -c 'i=0; while [ $i -lt 40 ]; do echo far $i; i=$((i+1)); sleep 0.02; done' & i=0; while [ $i -lt 40 ]; do echo near $i; i=$((i+1)); sleep 0.02; done; wait";
        var id = await RunningAsync(engine, new ExecutionRequest { Command = "sh", Arguments = ["-c", script] });

        var paused = await engine.Service.PauseAsync(id, Engine.Admin, Cancelled);
        var before = (await engine.Service.GetAsync(id, Engine.Admin, Cancelled)).Sequence;
        await engine.RunAsync("lines", "30", "20");
        var after = (await engine.Service.GetAsync(id, Engine.Admin, Cancelled)).Sequence;
        var listed = await engine.Service.ListAsync(new ExecutionQuery { States = [ExecutionState.Paused] }, Engine.Admin, Cancelled);
        var resumed = await engine.Service.ResumeAsync(id, Engine.Admin, Cancelled);
        var events = await engine.FollowToEndAsync(id);

        paused.State.ShouldBe(ExecutionState.Paused);
        after.ShouldBe(before);
        listed.Items.ShouldHaveSingleItem().Id.ShouldBe(id);
        resumed.State.ShouldBe(ExecutionState.Running);
        events.End().ExitCode.ShouldBe(0);
        var lines = events.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Where(line => line.StartsWith("near", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(0, 40).Select(i => $"near {i}"));
        lines.Where(line => line.StartsWith("far", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(0, 40).Select(i => $"far {i}"));
    }

    [Theory, EveryTree]
    public async Task Its_clocks_stand_still_and_then_go_on(string groups)
    {
        await using var engine = await StartAsync(groups);
        var id = await RunningAsync(engine, Engine.Request("sleep", "600") with { TimeoutSeconds = 1.5, IdleTimeoutSeconds = 1.4, StopGraceSeconds = 1 });

        await engine.Service.PauseAsync(id, Engine.Admin, Cancelled);
        await engine.RunAsync(new ExecutionRequest { Command = "sleep", Arguments = ["2"] });
        var still = await engine.Service.ResumeAsync(id, Engine.Admin, Cancelled);
        var end = (await engine.FollowToEndAsync(id)).End();

        still.State.ShouldBe(ExecutionState.Running);
        end.Cause.ShouldBeOneOf(EndCause.TimedOut, EndCause.IdleTimedOut);
    }

    [Theory, EveryTree]
    public async Task A_paused_command_can_be_cancelled_and_answers_the_polite_request(string groups)
    {
        await using var engine = await StartAsync(groups);
        var id = await RunningAsync(engine, Engine.Request("on-term", "3"));
        await engine.Service.PauseAsync(id, Engine.Admin, Cancelled);

        await engine.Service.CancelAsync(id, null, Engine.Admin, Cancelled);
        var events = await engine.FollowToEndAsync(id);

        (events.End().Cause, events.End().ExitCode).ShouldBe((EndCause.Cancelled, 3));
        events.Text().ShouldEndWith("bye\n");
    }

    [Theory, EveryTree]
    public async Task Its_followers_are_told_both_times_and_a_repeat_changes_nothing(string groups)
    {
        await using var engine = await StartAsync(groups);
        var id = await RunningAsync(engine, Engine.Request("sleep", "600"));

        for (var i = 0; i < 2; i++)
        {
            (await engine.Service.PauseAsync(id, Engine.Admin, Cancelled)).State.ShouldBe(ExecutionState.Paused);
        }

        await engine.FollowAsync(id).FirstAsync(item => item.Info?.State == ExecutionState.Paused, Cancelled);
        for (var i = 0; i < 2; i++)
        {
            (await engine.Service.ResumeAsync(id, Engine.Admin, Cancelled)).State.ShouldBe(ExecutionState.Running);
        }

        await engine.Service.CancelAsync(id, null, Engine.Admin, Cancelled);
        (await engine.FollowToEndAsync(id)).End().Cause.ShouldBe(EndCause.Cancelled);
    }

    [Fact]
    public async Task What_does_not_run_cannot_be_paused()
    {
        await using var engine = await StartAsync("none", ("CcSignal:Admission:MaxRunning", "1"));
        var first = await RunningAsync(engine, Engine.Request("sleep", "600"));
        var second = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;

        (await RefusalAsync(second)).ShouldContain("waits in the queue");
        foreach (var id in (string[])[second, first])
        {
            await engine.Service.CancelAsync(id, null, Engine.Admin, Cancelled);
            await engine.FollowToEndAsync(id);
            (await RefusalAsync(id)).ShouldContain("has ended");
        }

        async Task<string> RefusalAsync(string id)
        {
            var refusal = await Should.ThrowAsync<RefusedException>(() => engine.Service.PauseAsync(id, Engine.Admin, Cancelled));
            refusal.Code.ShouldBe(ErrorCodes.Conflict);
            return refusal.Message;
        }
    }

    [Fact]
    public async Task A_launcher_that_cannot_pause_says_so()
    {
        await using var engine = await Engine.StartAsync("portable");
        var id = await RunningAsync(engine, Engine.Request("sleep", "600"));

        var refusal = await Should.ThrowAsync<RefusedException>(() => engine.Service.PauseAsync(id, Engine.Admin, Cancelled));

        refusal.Code.ShouldBe(ErrorCodes.Unavailable);
        await engine.Service.CancelAsync(id, null, Engine.Admin, Cancelled);
        await engine.FollowToEndAsync(id);
    }

    private static Task<Engine> StartAsync(string groups, params (string, string)[] settings) => Trees.StartAsync(groups, settings);

    private static async Task<string> RunningAsync(Engine engine, ExecutionRequest request)
    {
        var id = (await engine.Service.StartAsync(request, Engine.Admin)).Id;
        await engine.FollowAsync(id).FirstAsync(item => item.Kind == EventKind.Output, Cancelled);
        return id;
    }
}
