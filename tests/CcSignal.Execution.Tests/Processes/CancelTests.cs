using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>Stopping: politely, then by force, the whole group, and the end says who did it.</summary>
public sealed class CancelTests
{
    [Theory, EveryLauncher]
    public async Task A_cancelled_command_ends_as_cancelled_by_whom_and_why(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);
        var id = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;

        var events = await FollowAndCancelAsync(engine, id, "no longer needed");

        events.End().Cause.ShouldBe(EndCause.Cancelled);
        events.End().By.ShouldBe("admin");
        events.End().Message.ShouldBe("no longer needed");
        (await engine.Service.GetAsync(id, Engine.Admin, TestContext.Current.CancellationToken)).End!.Cause.ShouldBe(EndCause.Cancelled);
    }

    [Fact]
    public async Task A_command_that_ends_itself_when_asked_is_still_cancelled()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The portable launcher has no polite signal.");
        await using var engine = await Engine.StartAsync("linux");
        var id = (await engine.Service.StartAsync(Engine.Request("on-term", "0"), Engine.Admin)).Id;

        var events = await FollowAndCancelAsync(engine, id, null);

        events.End().Cause.ShouldBe(EndCause.Cancelled);
        events.End().ExitCode.ShouldBe(0);
        events.Text().ShouldBe("ready\nbye\n");
    }

    [Theory, EveryLauncher]
    public async Task A_command_that_ignores_the_polite_signal_is_killed_after_the_grace(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);
        var id = (await engine.Service.StartAsync(Engine.Request("ignore-term") with { StopGraceSeconds = 0.2 }, Engine.Admin)).Id;

        var events = await FollowAndCancelAsync(engine, id, null);

        events.End().Cause.ShouldBe(EndCause.Cancelled);
        if (launcher == "linux")
        {
            events.End().Signal.ShouldBe("SIGKILL");
        }
    }

    [Theory, EveryLauncher]
    public async Task Its_children_go_with_it(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);
        var id = (await engine.Service.StartAsync(Engine.Request("spawn", "600"), Engine.Admin)).Id;

        await FollowAndCancelAsync(engine, id, null);

        await Eventually.Holds(() => engine.LivingCommands.Count == 0, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Theory, EveryLauncher]
    public async Task Cancelling_again_and_after_the_end_is_harmless(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);
        var id = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;
        var events = await FollowAndCancelAsync(engine, id, "first");

        var again = await engine.Service.CancelAsync(id, "second", Engine.Admin, TestContext.Current.CancellationToken);

        again.ShouldBe(events.Last().Info!, Comparisons.SameOnTheWire);
    }

    [Theory, EveryLauncher]
    public async Task A_queued_execution_that_is_cancelled_never_starts(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher, ("CcSignal:Admission:MaxRunning", "1"));
        var marker = Path.Combine(engine.WorkingDirectory, "started");
        var first = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;
        var second = (await engine.Service.StartAsync(Engine.Request("write-to", marker, "x"), Engine.Admin)).Id;

        var cancelled = await engine.Service.CancelAsync(second, null, Engine.Admin, TestContext.Current.CancellationToken);
        var events = await engine.FollowToEndAsync(second);
        await FollowAndCancelAsync(engine, first, null);

        cancelled.State.ShouldBe(ExecutionState.Ended);
        events.End().Cause.ShouldBe(EndCause.Cancelled);
        events.Last().Info!.StartedAt.ShouldBeNull();
        File.Exists(marker).ShouldBeFalse();
    }

    [Theory, EveryLauncher]
    public async Task Stopping_the_server_ends_every_command_and_says_so(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher, ("CcSignal:Admission:MaxRunning", "3"), ("CcSignal:Profiles:default:StopGraceSeconds", "0.5"));
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await engine.Service.StartAsync(Engine.Request(i == 0 ? "ignore-term" : "sleep", "600"), Engine.Admin)).Id);
        }

        foreach (var id in ids)
        {
            await engine.FollowAsync(id).FirstAsync(item => item.Kind == EventKind.Output, TestContext.Current.CancellationToken);
        }

        await engine.DrainAsync();

        foreach (var id in ids)
        {
            (await engine.FollowToEndAsync(id)).End().Cause.ShouldBe(EndCause.ServerStopped);
        }

        var refusal = await Should.ThrowAsync<RefusedException>(() => engine.Service.StartAsync(Engine.Request("echo", "x"), Engine.Admin));
        refusal.Code.ShouldBe(ErrorCodes.Draining);
    }

    private static async Task<List<ExecutionEvent>> FollowAndCancelAsync(Engine engine, string id, string? reason)
    {
        var events = new List<ExecutionEvent>();
        var cancelled = false;
        await foreach (var item in engine.FollowAsync(id))
        {
            events.Add(item);
            if (item.Kind == EventKind.Output && !cancelled)
            {
                cancelled = true;
                await engine.Service.CancelAsync(id, reason, Engine.Admin, TestContext.Current.CancellationToken);
            }
        }

        return events;
    }
}
