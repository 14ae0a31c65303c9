using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>Every execution has one end, and it says what happened.</summary>
public sealed class EndTests
{
    [Theory, EveryLauncher]
    public async Task An_exit_code_is_told_as_it_was_returned(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);
        foreach (var code in new[] { 0, 1, 2, 127, 143, 255 })
        {
            (await engine.RunAsync("exit", code.ToString())).End().ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = code });
        }
    }

    [Fact]
    public async Task A_signal_is_told_apart_from_an_exit_code()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only the Linux launcher can tell them apart.");
        await using var engine = await Engine.StartAsync("linux");
        foreach (var signal in new[] { "SIGTERM", "SIGKILL", "SIGSEGV", "SIGPIPE", "SIGINT", "SIGABRT" })
        {
            (await engine.RunAsync("die-by", signal)).End().ShouldBe(new ExecutionEnd { Cause = EndCause.Signaled, Signal = signal });
        }
    }

    [Theory, EveryLauncher]
    public async Task Events_tell_the_whole_life_in_order_and_end_once(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        var events = await engine.RunAsync("echo", "hello");

        events[0].Kind.ShouldBe(EventKind.Snapshot);
        events[0].Subscription.ShouldNotBeNull();
        events.Count(item => item.Kind == EventKind.Ended).ShouldBe(1);
        var last = events[^1];
        last.Kind.ShouldBe(EventKind.Ended);
        last.Info!.State.ShouldBe(ExecutionState.Ended);
        last.Info.StartedAt.ShouldNotBeNull();
        last.Info.EndedAt.ShouldNotBeNull();
        last.Info.EndedAt!.Value.ShouldBeGreaterThanOrEqualTo(last.Info.StartedAt!.Value);
        last.Info.ProcessId.ShouldNotBeNull();
        last.Info.Sequence.ShouldBeGreaterThan(0);
        events.Text().ShouldBe("hello\n");
    }

    [Fact]
    public async Task What_it_used_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only the Linux launcher can tell it.");
        await using var engine = await Engine.StartAsync("linux");

        var busy = (await engine.RunAsync("burn", "0.3")).Last().Info!;
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        var mebibytes = (self.PeakWorkingSet64 / (1024 * 1024)) + 300;
        var large = (await engine.RunAsync(new ExecutionRequest { Command = "dd", Arguments = ["if=/dev/zero", "of=/dev/null", $"bs={mebibytes}M", "count=1"] })).Last().Info!;
        var small = (await engine.RunAsync(new ExecutionRequest { Command = "true" })).Last().Info!;

        busy.CpuSeconds!.Value.ShouldBeGreaterThan(0.02);
        large.MaxRssBytes!.Value.ShouldBeGreaterThan(mebibytes * 1024 * 1024);
        small.MaxRssBytes.ShouldBeNull("the kernel counts the server's own memory until the exec: that is not the command's");
    }

    [Theory, EveryLauncher]
    public async Task The_timeout_ends_it_although_it_ignores_the_polite_signal(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        var end = (await engine.RunAsync(Engine.Request("ignore-term") with { TimeoutSeconds = 1, StopGraceSeconds = 0.1 })).End();

        end.Cause.ShouldBe(EndCause.TimedOut);
        end.Message!.ShouldContain("1 s");
    }

    [Fact]
    public async Task A_timeout_stays_a_timeout_whatever_exit_code_the_command_answers_with()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The portable launcher has no polite signal.");
        await using var engine = await Engine.StartAsync("linux");

        var events = await engine.RunAsync(Engine.Request("on-term", "0") with { TimeoutSeconds = 1 });

        events.End().Cause.ShouldBe(EndCause.TimedOut);
        events.End().ExitCode.ShouldBe(0);
        events.Text().ShouldBe("ready\nbye\n");
    }

    [Theory, EveryLauncher]
    public async Task A_command_in_time_does_not_time_out(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        var end = (await engine.RunAsync(Engine.Request("echo", "quick") with { TimeoutSeconds = 30, IdleTimeoutSeconds = 30 })).End();

        end.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 0 });
    }

    [Theory, EveryLauncher]
    public async Task Silence_ends_it_and_output_does_not(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        var silent = await engine.RunAsync(Engine.Request("sleep", "60") with { IdleTimeoutSeconds = 1, StopGraceSeconds = 0.1 });
        var talking = await engine.RunAsync(Engine.Request("lines", "15", "200") with { IdleTimeoutSeconds = 1.5 });

        silent.End().Cause.ShouldBe(EndCause.IdleTimedOut);
        silent.Text().ShouldBe("sleeping\n");
        talking.End().ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 0 });
    }

    [Theory, EveryLauncher]
    public async Task Output_of_a_grandchild_after_the_roots_exit_belongs_to_the_execution(string launcher)
    {
        await using var engine = await Engine.StartAsync(launcher);

        var events = await engine.RunAsync("hold-output", "1", "7", "3");

        events.End().ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 7 });
        events.Text().ShouldContain("root leaves\n");
        events.Text().ShouldContain("late 1\nlate 2\nlate 3\n");
    }

    [Fact]
    public async Task A_grandchild_that_holds_the_output_past_the_grace_is_killed_and_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The portable launcher has no groups.");
        await using var engine = await Engine.StartAsync("linux", ("CcSignal:Profiles:default:DrainGraceSeconds", "0.3"));

        var events = await engine.RunAsync("hold-output", "600", "7", "1");

        events.End().ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 7 });
        events.Single(item => item.Kind == EventKind.Notice).Code.ShouldBe(NoticeCodes.ProcessesLeft);
        await Eventually.Holds(() => engine.LivingCommands.Count == 0, cancellationToken: TestContext.Current.CancellationToken);
    }
}
