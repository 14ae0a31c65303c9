using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Cli.Tests.Commands;

public sealed class SignalTests
{
    private const int SigHup = 1;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Libc.SIGINT)]
    [InlineData(Libc.SIGTERM)]
    public async Task The_first_signal_stops_the_command_and_waits_for_its_end(int signal)
    {
        await using var server = await TestServer.StartAsync();
        await using var cli = CliProcess.Start(server.Url, "run", "--id", "polite", Child.Path, "on-term", "3");
        await cli.PrintsAsync("ready\n");

        cli.Signal(signal);

        var result = await cli.EndAsync();
        result.ShouldReturn(130);
        result.OutputText.ShouldBe("ready\nbye\n");
        result.Error.ShouldContain("stopping the command");
        result.Error.ShouldContain("cancelled");
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        (await client.GetAsync("polite", Token)).End!.Cause.ShouldBe(EndCause.Cancelled);
    }

    [Fact]
    public async Task The_second_leaves_it_and_says_how_to_come_back()
    {
        await using var server = await TestServer.StartAsync(("CcSignal:Profiles:default:StopGraceSeconds", "10"));
        await using var cli = CliProcess.Start(server.Url, "run", "--id", "stubborn", Child.Path, "ignore-term");
        await cli.PrintsAsync("ready\n");

        cli.Signal(Libc.SIGINT);
        await cli.SaysAsync("stopping the command");
        cli.Signal(Libc.SIGINT);

        var result = await cli.EndAsync();
        result.ShouldReturn(255);
        result.Error.ShouldContain("ccsignal attach stubborn");
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        (await client.GetAsync("stubborn", Token)).State.ShouldBe(ExecutionState.Running);
    }

    [Fact]
    public async Task A_closed_terminal_leaves_the_command_running()
    {
        await using var server = await TestServer.StartAsync();
        await using var cli = CliProcess.Start(server.Url, "run", "--id", "goes-on", Child.Path, "sleep", "600");
        await cli.PrintsAsync("sleeping\n");

        cli.Signal(SigHup);

        (await cli.EndAsync()).ShouldReturn(255);
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        (await client.GetAsync("goes-on", Token)).State.ShouldBe(ExecutionState.Running);
    }

    [Fact]
    public async Task Interrupting_logs_never_touches_the_command()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        await client.StartAsync(new ExecutionRequest { Id = "watched", Command = Child.Path, Arguments = ["sleep", "600"] }, Token);
        await using var logs = CliProcess.Start(server.Url, "logs", "--follow", "watched");
        await logs.PrintsAsync("sleeping\n");

        logs.Signal(Libc.SIGINT);

        (await logs.EndAsync()).ShouldReturn(130);
        (await client.GetAsync("watched", Token)).State.ShouldBe(ExecutionState.Running);
    }
}
