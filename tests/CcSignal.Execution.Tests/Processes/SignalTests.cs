using CcSignal.Contracts;

namespace CcSignal.Execution.Tests.Processes;

/// <summary>Signals by name, to the whole group, at a client's wish; the end is then as by anybody's signal.</summary>
public sealed class SignalTests
{
    [Theory]
    [InlineData("SIGUSR1")]
    [InlineData("SIGINT")]
    [InlineData("SIGHUP")]
    [InlineData("SIGKILL")]
    public async Task A_command_that_dies_by_it_ends_as_signaled(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The portable launcher has no signals.");
        await using var engine = await Engine.StartAsync("linux");
        var id = await StartAsync(engine, "sleep", "600");

        await engine.Commands.SignalAsync(id, signal, Engine.Admin, TestContext.Current.CancellationToken);

        var end = (await engine.FollowToEndAsync(id)).End();
        end.Cause.ShouldBe(EndCause.Signaled);
        end.Signal.ShouldBe(signal);
        end.By.ShouldBeNull();
    }

    [Fact]
    public async Task A_command_that_handles_it_decides_itself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The portable launcher has no signals.");
        await using var engine = await Engine.StartAsync("linux");
        var id = await StartAsync(engine, "on-term", "9");

        await engine.Commands.SignalAsync(id, "SIGTERM", Engine.Admin, TestContext.Current.CancellationToken);

        var events = await engine.FollowToEndAsync(id);
        events.Text().ShouldBe("ready\nbye\n");
        events.End().Cause.ShouldBe(EndCause.Exited);
        events.End().ExitCode.ShouldBe(9);
    }

    [Theory]
    [InlineData("SIGNONE")]
    [InlineData("15")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_name_that_is_none_is_invalid(string? signal)
    {
        await using var engine = await Engine.StartAsync();

        var refusal = await Should.ThrowAsync<RefusedException>(() =>
            engine.Commands.SignalAsync("x", signal, Engine.Admin, TestContext.Current.CancellationToken));

        refusal.Code.ShouldBe(ErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task What_has_ended_or_waits_cannot_be_signaled()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The portable launcher has no signals.");
        await using var engine = await Engine.StartAsync("linux", ("CcSignal:Admission:MaxRunning", "1"));
        var first = await StartAsync(engine, "sleep", "600");
        var second = (await engine.Service.StartAsync(Engine.Request("echo", "x"), Engine.Admin)).Id;

        (await RefusalAsync(second)).Code.ShouldBe(ErrorCodes.Conflict);
        await engine.Service.CancelAsync(first, null, Engine.Admin, TestContext.Current.CancellationToken);
        await engine.FollowToEndAsync(first);
        await engine.FollowToEndAsync(second);
        (await RefusalAsync(second)).Code.ShouldBe(ErrorCodes.Conflict);

        Task<RefusedException> RefusalAsync(string id) => Should.ThrowAsync<RefusedException>(() =>
            engine.Commands.SignalAsync(id, "SIGTERM", Engine.Admin, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_portable_launcher_says_that_it_cannot()
    {
        await using var engine = await Engine.StartAsync("portable", ("CcSignal:Profiles:default:StopGraceSeconds", "0.2"));
        var id = await StartAsync(engine, "sleep", "600");

        (await Should.ThrowAsync<RefusedException>(() =>
            engine.Commands.SignalAsync(id, "SIGTERM", Engine.Admin, TestContext.Current.CancellationToken))).Code.ShouldBe(ErrorCodes.Unavailable);

        await engine.Service.CancelAsync(id, null, Engine.Admin, TestContext.Current.CancellationToken);
        await engine.FollowToEndAsync(id);
    }

    private static async Task<string> StartAsync(Engine engine, params string[] words)
    {
        var id = (await engine.Service.StartAsync(Engine.Request(words), Engine.Admin)).Id;
        await engine.FollowAsync(id).FirstAsync(item => item.Kind == EventKind.Output, TestContext.Current.CancellationToken);
        return id;
    }
}
