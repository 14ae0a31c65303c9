using CcSignal.Contracts;
using CcSignal.Execution.Admission;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>Limits of the whole tree: a breach is told as what it is, and the neighbours do not notice.</summary>
public sealed class LimitTests
{
    private const long Mebibyte = 1024 * 1024;

    [Theory, EveryTree]
    public async Task A_tree_that_uses_more_memory_than_it_may_ends_as_that(string groups)
    {
        await using var engine = await Trees.StartAsync(groups);
        var neighbour = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;

        // Keeps the last 400 MiB of what it reads, and then stays.
        var events = await engine.RunAsync(Shell("(head -c 500M /dev/zero; sleep 600) | tail -c 400M & wait") with { Limits = new ResourceLimits { MemoryBytes = 100 * Mebibyte } });

        events.End().Cause.ShouldBe(EndCause.MemoryLimit);
        events.End().Message!.ShouldContain("104857600 bytes");
        (await engine.Service.GetAsync(neighbour, Engine.Admin, TestContext.Current.CancellationToken)).State.ShouldBe(ExecutionState.Running);
        await CancelAsync(engine, neighbour);
    }

    [Theory, EveryTree]
    public async Task What_fits_into_its_memory_runs(string groups)
    {
        await using var engine = await Trees.StartAsync(groups);

        var events = await engine.RunAsync(Shell("dd if=/dev/zero of=/dev/null bs=20M count=5 2>/dev/null") with { Limits = new ResourceLimits { MemoryBytes = 100 * Mebibyte } });

        (events.End().Cause, events.End().ExitCode).ShouldBe((EndCause.Exited, 0));
    }

    [Theory, EveryTree]
    public async Task A_tree_that_uses_more_processor_time_than_it_may_ends_as_that(string groups)
    {
        await using var engine = await Trees.StartAsync(groups);

        var events = await engine.RunAsync(
            Shell("(while :; do :; done) & (while :; do :; done) & wait") with { Limits = new ResourceLimits { CpuSeconds = 0.4 }, StopGraceSeconds = 1 });

        events.End().Cause.ShouldBe(EndCause.CpuLimit);
        events.End().Message!.ShouldContain("0.4 s");
    }

    [Theory, EveryTree]
    public async Task A_command_within_its_processor_time_runs(string groups)
    {
        await using var engine = await Trees.StartAsync(groups);

        var events = await engine.RunAsync(Shell("exit 4") with { Limits = new ResourceLimits { CpuSeconds = 30 } });

        (events.End().Cause, events.End().ExitCode).ShouldBe((EndCause.Exited, 4));
    }

    [Fact]
    public async Task Only_so_many_processes_live_at_once_and_it_is_told()
    {
        await using var engine = await Trees.StartAsync("v2");
        Assert.SkipUnless(engine.Service.Describe(Engine.Admin).Features.Limits.Contains("processes"), "No controller limits processes here.");

        var limited = await engine.RunAsync(Shell("for i in 1 2 3 4 5 6 7 8 9; do sleep 0.2 & done; wait") with { Limits = new ResourceLimits { Processes = 5 } });
        var free = await engine.RunAsync(Shell("for i in 1 2 3 4 5 6 7 8 9; do sleep 0.2 & done; wait") with { Limits = new ResourceLimits { Processes = 50 } });

        limited.ShouldContain(item => item.Kind == EventKind.Notice && item.Code == NoticeCodes.LimitReached);
        free.ShouldNotContain(item => item.Kind == EventKind.Notice);
        free.End().ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Where_nothing_limits_processes_the_start_is_refused()
    {
        await using var engine = await Trees.StartAsync("none");

        var refusal = await Should.ThrowAsync<RefusedException>(
            () => engine.Service.StartAsync(Shell("true") with { Limits = new ResourceLimits { Processes = 5 } }, Engine.Admin));

        refusal.Code.ShouldBe(ErrorCodes.Unavailable);
        refusal.Message.ShouldContain("limits.processes");
    }

    [Theory, EveryTree]
    public async Task Each_process_may_open_so_many_files(string groups)
    {
        await using var engine = await Trees.StartAsync(groups);

        var text = (await engine.RunAsync(Shell("ulimit -Sn; ulimit -Hn") with { Limits = new ResourceLimits { OpenFiles = 57 } })).Text();

        text.ShouldBe("57\n57\n");
    }

    [Fact]
    public async Task A_request_may_ask_for_less_than_its_profile_but_not_for_more()
    {
        await using var engine = await Trees.StartAsync("none", ("CcSignal:Profiles:default:Limits:OpenFiles", "100"));

        (await engine.RunAsync(Shell("ulimit -n"))).Text().ShouldBe("100\n");
        (await engine.RunAsync(Shell("ulimit -n") with { Limits = new ResourceLimits { OpenFiles = 50 } })).Text().ShouldBe("50\n");
        (await engine.RunAsync(Shell("ulimit -n") with { Limits = new ResourceLimits { OpenFiles = 200 } })).Text().ShouldBe("100\n");
    }

    [Theory]
    [InlineData(1_048_576L, 1, 3, 0.001, true)]
    [InlineData(1_048_575L, null, null, null, false)]
    [InlineData(null, 0, null, null, false)]
    [InlineData(null, null, 2, null, false)]
    [InlineData(null, null, null, 0.0, false)]
    public void Limits_have_limits(long? memory, int? processes, int? files, double? cpu, bool sound)
    {
        var request = Shell("true") with { Limits = new ResourceLimits { MemoryBytes = memory, Processes = processes, OpenFiles = files, CpuSeconds = cpu } };

        if (sound)
        {
            RequestRules.Check(request).ShouldBe(request);
        }
        else
        {
            Should.Throw<RefusedException>(() => RequestRules.Check(request)).Message.ShouldContain("limits.");
        }
    }

    [Fact]
    public async Task A_launcher_that_keeps_no_limits_refuses_them()
    {
        await using var engine = await Engine.StartAsync("portable");

        var refusal = await Should.ThrowAsync<RefusedException>(
            () => engine.Service.StartAsync(Shell("true") with { Limits = new ResourceLimits { CpuSeconds = 5 } }, Engine.Admin));

        refusal.Code.ShouldBe(ErrorCodes.Unavailable);
    }

    private static ExecutionRequest Shell(string script) => new() { Command = "sh", Arguments = ["-c", script] };

    private static async Task CancelAsync(Engine engine, string id)
    {
        await engine.Service.CancelAsync(id, null, Engine.Admin, TestContext.Current.CancellationToken);
        await engine.FollowToEndAsync(id);
    }
}
