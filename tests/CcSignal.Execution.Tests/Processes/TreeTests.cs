using System.Diagnostics;
using CcSignal.Contracts;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>An execution is its whole tree: nothing of it is left after a stop or an end, whatever it does to get away.</summary>
public sealed class TreeTests
{
    [Theory, EveryTree("polite", "ignores-term", "children", "left-the-session", "double-fork", "stopped", "stopped-children", "fork-loop", "ignores-everything-and-forks")]
    public async Task Nothing_survives_a_cancel(string groups, string name)
    {
        await using var engine = await StartAsync(groups);
        var creature = new Creature();

        var end = await Creature.CancelWhenReadyAsync(engine, creature.Request(name));

        creature.Living.ShouldBeEmpty("the end is told when nothing is left, not before");
        end.Cause.ShouldBe(EndCause.Cancelled);
    }

    [Fact]
    public async Task Who_hides_from_every_search_is_still_in_its_control_group()
    {
        await using var engine = await StartAsync("v2");
        var creature = new Creature();

        await Creature.CancelWhenReadyAsync(engine, creature.Request(Creature.Hidden));

        creature.Living.ShouldBeEmpty();
    }

    [Theory, EveryTree]
    public async Task What_a_command_leaves_behind_is_stopped_after_the_grace_and_told(string groups)
    {
        await using var engine = await StartAsync(groups, ("CcSignal:Profiles:default:DrainGraceSeconds", "0.3"));
        var creature = new Creature();
        var script = creature.Request("double-fork").Arguments[1].Replace("echo ready; sleep", "echo ready; exit 7; sleep", StringComparison.Ordinal);

        var events = await engine.RunAsync(new ExecutionRequest { Command = "sh", Arguments = ["-c", script] });

        events.End().Cause.ShouldBe(EndCause.Exited);
        events.End().ExitCode.ShouldBe(7);
        var notice = events.Single(item => item.Kind == EventKind.Notice);
        notice.Code.ShouldBe(NoticeCodes.ProcessesLeft);
        notice.Message!.ShouldContain("sleep");
        creature.Living.ShouldBeEmpty();
    }

    [Theory, EveryTree]
    public async Task A_notice_is_told_to_those_who_come_after_the_end_too(string groups)
    {
        await using var engine = await StartAsync(groups, ("CcSignal:Profiles:default:DrainGraceSeconds", "0"));
        var request = new ExecutionRequest { Command = "sh", Arguments = ["-c", "setsid sleep 600 >/dev/null 2>&1 & exit 0"] };
        var events = await engine.RunAsync(request);

        var later = await engine.FollowToEndAsync(events.Last().Info!.Id);

        later.Single(item => item.Kind == EventKind.Notice).Message.ShouldBe(events.Single(item => item.Kind == EventKind.Notice).Message);
    }

    [Theory, EveryTree]
    public async Task A_profile_may_keep_what_its_commands_leave_behind(string groups)
    {
        await using var engine = await StartAsync(groups, ("CcSignal:Profiles:default:KeepLeftovers", "true"));
        var creature = new Creature();
        var script = creature.Request("double-fork").Arguments[1].Replace("echo ready; sleep", "echo ready; exit; sleep", StringComparison.Ordinal);

        var events = await engine.RunAsync(new ExecutionRequest { Command = "sh", Arguments = ["-c", script] });

        events.ShouldNotContain(item => item.Kind == EventKind.Notice);
        creature.Living.ShouldNotBeEmpty();
        await creature.EndAsync();
    }

    [Theory, EveryTree]
    public async Task Those_who_left_the_group_hear_the_polite_request_too(string groups)
    {
        await using var engine = await StartAsync(groups);
        var marker = Path.Combine(engine.WorkingDirectory, "asked");
        var script = $"setsid sh -c 'trap \"echo asked > {marker}; exit\" TERM; echo ready; while :; do sleep 0.05; done' & wait";
        var request = new ExecutionRequest { Command = "sh", Arguments = ["-c", script], StopGraceSeconds = 20 };

        var began = Stopwatch.GetTimestamp();
        await Creature.CancelWhenReadyAsync(engine, request);

        File.Exists(marker).ShouldBeTrue();
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(15), "nobody waits for a tree that is gone");
    }

    [Theory, EveryTree]
    public async Task Exiting_by_143_is_no_signal_and_a_signal_no_exit(string groups)
    {
        await using var engine = await StartAsync(groups);

        var exited = (await engine.RunAsync("exit", "143")).End();
        var signaled = (await engine.RunAsync("die-by", "SIGTERM")).End();

        (exited.Cause, exited.ExitCode, exited.Signal).ShouldBe((EndCause.Exited, 143, null));
        (signaled.Cause, signaled.ExitCode, signaled.Signal).ShouldBe((EndCause.Signaled, null, "SIGTERM"));
    }

    private static Task<Engine> StartAsync(string groups, params (string, string)[] settings) => Trees.StartAsync(groups, settings);
}
