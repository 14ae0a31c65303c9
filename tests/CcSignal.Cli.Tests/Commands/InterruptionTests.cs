using System.Security.Cryptography;
using CcSignal.Contracts;
using CcSignal.Load.Faults;
using CcSignal.TestKit;

namespace CcSignal.Cli.Tests.Commands;

/// <summary>What a person or a script sees of a network that breaks and of a server that dies: a line on standard error, and nothing else.</summary>
public sealed class InterruptionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_goes_on_over_cuts_and_tells_each_in_a_line()
    {
        const long bytes = 20_000_000;
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url, connection => connection < 3
            ? new FaultPlan { Cut = new Cut(Direction.ToClient, 1_000_000 * (connection + 1), connection == 1 ? CutKind.Close : CutKind.Reset) }
            : FaultPlan.None);

        var result = await CliProcess.RunAsync(proxy.Url, "run", Child.Path, "exit-undrained", $"{bytes}", "3");

        result.ShouldReturn(3);
        Convert.ToHexStringLower(SHA256.HashData(result.Output)).ShouldBe(Child.Sha256(bytes));
        result.ErrorLines.Count(line => line.StartsWith("ccsignal: connection lost", StringComparison.Ordinal)).ShouldBe(3);
        result.ErrorLines.Count(line => line.StartsWith("ccsignal: connected again after", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task Quiet_says_nothing_of_it()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url, connection =>
            connection == 0 ? new FaultPlan { Cut = new Cut(Direction.ToClient, 500_000, CutKind.Reset) } : FaultPlan.None);

        var result = await CliProcess.RunAsync(proxy.Url, "run", "--quiet", Child.Path, "flood", "2000000");

        result.ShouldReturn(0);
        proxy.Accepted.ShouldBe(2);
        result.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_piped_in_arrives_once_over_cuts()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url, connection =>
            connection < 4 ? new FaultPlan { Cut = new Cut(Direction.ToServer, 700_000, CutKind.Reset) } : FaultPlan.None);
        using var temp = new TempDirectory();
        var bytes = new byte[5_000_000];
        new Random(3).NextBytes(bytes);
        await File.WriteAllBytesAsync(temp["input"], bytes, Token);

        await using var cli = CliProcess.StartShell(proxy.Url, $"ccsignal run -i {Child.Path} read-stdin < {temp["input"]}");
        var result = await cli.EndAsync();

        result.ShouldReturn(0);
        result.OutputText.ShouldBe($"5000000 {Convert.ToHexStringLower(SHA256.HashData(bytes))}\n");
        proxy.Accepted.ShouldBe(5);
    }

    [Fact]
    public async Task Run_attach_and_logs_go_on_with_the_server_that_follows_a_killed_one()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        await using var run = CliProcess.Start(server.Url, "run", "--id", "long", Child.Path, "on-term", "4");
        await run.PrintsAsync("ready\n");
        await using var attach = CliProcess.Start(server.Url, "attach", "long");
        await using var logs = CliProcess.Start(server.Url, "logs", "--follow", "long");
        await attach.PrintsAsync("ready\n");
        await logs.PrintsAsync("ready\n");

        await server.KillServerAsync();
        await run.SaysAsync("connected again");
        await attach.SaysAsync("connected again");
        await logs.SaysAsync("connected again");
        (await CliProcess.RunAsync(server.Url, "signal", "long", "TERM")).ShouldReturn(0);

        foreach (var cli in new[] { run, attach })
        {
            var result = await cli.EndAsync();
            result.ShouldReturn(4);
            result.OutputText.ShouldBe("ready\nbye\n");
        }

        (await logs.EndAsync()).OutputText.ShouldBe("ready\nbye\n");
    }

    [Fact]
    public async Task Who_is_told_not_to_reconnect_gets_255_and_the_way_back()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path);
        // It ends by SIGPIPE when the server that read it is gone.
        await using var cli = CliProcess.Start(server.Url, "run", "--reconnect", "0", "--id", "cut", Child.Path, "lines", "0", "20");
        await cli.PrintsAsync("line 3\n");

        await server.KillAsync();

        var result = await cli.EndAsync();
        result.ShouldReturn(255);
        result.ErrorLines.ShouldHaveSingleItem().ShouldMatch(@"Come back with: ccsignal attach cut --from \d+$");
    }

    [Fact]
    public async Task A_limited_patience_ends_with_255()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        await using var cli = CliProcess.Start(proxy.Url, "run", "--reconnect", "300ms", "--id", "patient", Child.Path, "sleep", "600");
        await cli.PrintsAsync("sleeping\n");

        proxy.Door = Door.Refuses;
        proxy.Cut(CutKind.Reset);

        var result = await cli.EndAsync();
        result.ShouldReturn(255);
        result.Error.ShouldContain("connection lost");
        result.Error.ShouldContain("ccsignal attach patient");
    }

    [Fact]
    public async Task Ctrl_C_while_there_is_no_connection_stops_it_when_it_is_back_and_twice_leaves_it()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        await using var stopped = CliProcess.Start(proxy.Url, "run", "--id", "stopped", Child.Path, "sleep", "600");
        await using var left = CliProcess.Start(proxy.Url, "run", "--id", "left", Child.Path, "sleep", "600");
        await stopped.PrintsAsync("sleeping\n");
        await left.PrintsAsync("sleeping\n");
        proxy.Door = Door.Refuses;
        proxy.Cut(CutKind.Reset);
        await stopped.SaysAsync("connection lost");
        await left.SaysAsync("connection lost");

        stopped.Signal(Libc.SIGINT);
        left.Signal(Libc.SIGINT);
        await stopped.SaysAsync("stopping the command");
        await left.SaysAsync("stopping the command");
        left.Signal(Libc.SIGINT);
        (await left.EndAsync()).ShouldReturn(255);
        proxy.Door = Door.Open;

        (await stopped.EndAsync()).ShouldReturn(130);
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        (await client.GetAsync("left", Token)).State.ShouldBe(ExecutionState.Running);
    }

    [Fact]
    public async Task A_terminal_goes_on_with_every_key_typed_meanwhile_and_the_size_of_now()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        await using var tmux = await TmuxSession.OpenAsync(proxy.Url);
        await tmux.TypeAsync($"ccsignal run -t --id typed {Child.Path} window; echo code $?", "Enter");
        await tmux.ShowsAsync("size 100x30");

        proxy.Door = Door.Refuses;
        proxy.Cut(CutKind.Reset);
        await tmux.ShowsAsync("connection lost");
        await tmux.ResizeAsync(110, 31);
        await tmux.ResizeAsync(120, 32);
        proxy.Door = Door.Open;

        await tmux.ShowsAsync("size 120x32");
        await tmux.TypeAsync("C-d");
        await tmux.ShowsAsync("code 7");
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        (await client.GetAsync("typed", Token)).Terminal.ShouldBe(new TerminalSize(120, 32));
    }
}
