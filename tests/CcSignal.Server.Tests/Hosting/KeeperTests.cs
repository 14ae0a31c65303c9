using System.Security.Cryptography;
using System.Text;
using CcSignal.Contracts;
using CcSignal.Server.Hosting;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Hosting;

/// <summary>The program that is started is a keeper: what runs survives the server, and the server survives the keeper.</summary>
public sealed class KeeperTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_client_that_follows_across_a_killed_server_gets_every_byte_once_and_one_end()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        var client = new Persistent(server);
        const long Bytes = 30_000_000;
        await client.StartAsync(Child("flood", "in-two", $"{Bytes}", "3", "7", "5"));
        var halfHeard = new TaskCompletionSource();
        var following = client.FollowAsync("flood", bytes => _ = bytes >= Bytes / 2 && halfHeard.TrySetResult());

        await halfHeard.Task.WaitAsync(Cancelled);
        await server.KillServerAsync();

        var (info, sha256) = await following;
        info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 7 });
        sha256.ShouldBe(TestKit.Child.Sha256(Bytes, 5));
        server.Starts.ShouldBe(2);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_ends_of_those_that_ended_while_there_was_no_server_are_known_exactly()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        var client = new Persistent(server);
        await client.StartAsync(Child("code", "in-two", "60000", "2", "143"));
        await client.StartAsync(Child("signal", "in-two", "40000", "2", "SIGSEGV"));
        await client.StartAsync(Child("terminated", "in-two", "0", "2", "SIGTERM"));
        await client.StartAsync(Child("orphan", "orphan-in-two", "40000", "3", "9"));
        foreach (var id in new[] { "code", "signal", "terminated", "orphan" })
        {
            await Eventually.Is(() => client.GetAsync(id).Result is { StartedAt: not null } started ? started : null, cancellationToken: Cancelled);
        }

        // A keeper that stands still starts no other server: they all end while there is none.
        server.Signal(Libc.SIGSTOP);
        await server.KillServerAsync();
        await Eventually.Holds(() => server.LivingCommands.Count == 0, cancellationToken: Cancelled);
        server.Signal(Libc.SIGCONT);

        (await client.FollowAsync("code")).ShouldSatisfyAllConditions(
            told => told.Info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 143 }),
            told => told.Sha256.ShouldBe(TestKit.Child.Sha256(60_000)));
        (await client.FollowAsync("signal")).Info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Signaled, Signal = "SIGSEGV" });
        (await client.FollowAsync("terminated")).Info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Signaled, Signal = "SIGTERM" });
        (await client.FollowAsync("orphan")).ShouldSatisfyAllConditions(
            told => told.Info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 9 }),
            told => told.Sha256.ShouldBe(TestKit.Child.Sha256(40_000)));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_program_on_a_terminal_goes_on_without_a_hangup()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        var client = new Persistent(server);
        await client.StartAsync(Child("one", "lines", "40", "100") with { Terminal = new TerminalSize(80, 24) });
        var begun = new TaskCompletionSource();
        var following = client.FollowAsync("one", bytes => _ = bytes > 50 && begun.TrySetResult());

        await begun.Task.WaitAsync(Cancelled);
        await server.KillServerAsync();

        var (info, sha256) = await following;
        info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 0 });
        var expected = string.Concat(Enumerable.Range(1, 40).Select(line => $"line {line}\r\n"));
        sha256.ShouldBe(Sha256(expected));
    }

    [Fact(Timeout = 120_000)]
    public async Task Clocks_and_a_stop_that_was_begun_go_on_with_the_next_server()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting(), ("CcSignal:Profiles:default:StopGraceSeconds", "3"));
        var client = new Persistent(server);
        await client.StartAsync(Child("timed", "sleep", "600") with { TimeoutSeconds = 6 });
        await client.StartAsync(Child("stopped", "ignore-term"));
        await using (var connected = await server.ConnectAsync(Cancelled))
        {
            await foreach (var item in connected.FollowAsync("stopped", cancellationToken: Cancelled))
            {
                if (item.Kind == EventKind.Output)
                {
                    break;
                }
            }

            await connected.CancelAsync("stopped", "enough", Cancelled);
        }

        await server.KillServerAsync();

        var timed = (await client.FollowAsync("timed")).Info;
        timed.End!.Cause.ShouldBe(EndCause.TimedOut);
        (timed.EndedAt!.Value - timed.StartedAt!.Value).ShouldBeInRange(6_000, 9_000);
        var stopped = (await client.FollowAsync("stopped")).Info;
        stopped.End!.ShouldSatisfyAllConditions(
            end => end.Cause.ShouldBe(EndCause.Cancelled), end => end.Message.ShouldBe("enough"), end => end.Signal.ShouldBe("SIGKILL"));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_is_paused_stays_so_and_goes_on_when_the_next_server_is_asked()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        var client = new Persistent(server);
        await client.StartAsync(Child("stands", "lines", "300", "20"));
        await Eventually.Is(() => client.GetAsync("stands").Result is { Sequence: > 3 } begun ? begun : null, cancellationToken: Cancelled);
        var before = await client.CallAsync(connected => connected.PauseAsync("stands", Cancelled));

        await server.KillServerAsync();
        var after = await client.GetAsync("stands");
        await client.CallAsync(connected => connected.ResumeAsync("stands", Cancelled));
        var (info, sha256) = await client.FollowAsync("stands");

        (after.State, after.StartedAt).ShouldBe((ExecutionState.Paused, before.StartedAt));
        after.Sequence.ShouldBeInRange(before.Sequence, 299, "what was in the pipe may be recorded after the pause");
        info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 0 });
        sha256.ShouldBe(Sha256(string.Concat(Enumerable.Range(1, 300).Select(line => $"line {line}\n"))));
    }

    [Fact(Timeout = 120_000)]
    public async Task Open_input_is_written_on_and_closed_by_the_next_server()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        var client = new Persistent(server);
        await client.StartAsync(Child("reads", "copy-stdin") with { Input = InputMode.Open });
        var first = await client.CallAsync(connected => connected.WriteAsync("reads", 0, "one\n"u8.ToArray(), Cancelled));

        await server.KillServerAsync();
        var repeated = await client.CallAsync(connected => connected.WriteAsync("reads", 0, "one\ntwo\n"u8.ToArray(), Cancelled));
        await client.CallAsync(async connected =>
        {
            await connected.CloseInputAsync("reads", Cancelled);
            return true;
        });
        var (info, sha256) = await client.FollowAsync("reads");

        (first, repeated).ShouldBe((4, 8));
        info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 0 });
        sha256.ShouldBe(Sha256("one\ntwo\n"));
    }

    [Fact(Timeout = 120_000)]
    public async Task When_the_keeper_is_killed_the_server_goes_on_and_says_so()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path);
        await using var client = await server.ConnectAsync(Cancelled);
        var before = await client.DescribeAsync(Cancelled);
        before.KeeperProcessId.ShouldBe(server.ProcessId);
        before.ProcessId.ShouldBe(server.ServerProcessId);
        before.Features.Keeper.ShouldBeTrue();
        await client.StartAsync(Child("one", "in-two", "1000", "2", "5"), Cancelled);

        await server.KillKeeperAsync();

        await Eventually.Holds(() => client.DescribeAsync(Cancelled).Result is { KeeperProcessId: null, Features.Keeper: false }, cancellationToken: Cancelled);
        await Eventually.Holds(() => LogFiles.ReadAll(data.Path).Contains($"The keeper (process {server.ProcessId}) has ended"), cancellationToken: Cancelled);
        (await new Persistent(server).FollowAsync("one")).Info.End!.ExitCode.ShouldBe(5);
        (await client.RunToEndAsync(TestKit.Child.Path, ["exit", "3"], Cancelled)).End.ExitCode.ShouldBe(3);
    }

    // Its parent is init by then, which reaps it; the kernel still tells whoever held a descriptor of it.
    [Fact(Timeout = 120_000)]
    public async Task The_end_of_a_command_that_was_taken_over_is_known_although_the_keeper_died_after_that()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        var client = new Persistent(server);
        await client.StartAsync(Child("one", "in-two", "1000", "6", "5"));
        await Eventually.Is(() => client.GetAsync("one").Result is { StartedAt: not null } started ? started : null, cancellationToken: Cancelled);
        await server.KillServerAsync();
        await server.ListeningAgainAsync(2);

        await server.KillKeeperAsync();

        var (info, sha256) = await client.FollowAsync("one");
        sha256.ShouldBe(TestKit.Child.Sha256(1000));
        info.End!.ShouldSatisfyAllConditions(
            end => end.Cause.ShouldBe(EndCause.Exited),
            end => (end.ExitCode == 5 || end.Code == EndCodes.ExitStatusUnknown).ShouldBeTrue());
    }

    [Fact(Timeout = 120_000)]
    public async Task An_upgrade_replaces_the_server_and_touches_no_command()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        var client = new Persistent(server);
        await client.StartAsync(Child("one", "in-two", "2000000", "3", "6"));
        var following = client.FollowAsync("one");
        var earlier = server.ServerProcessId;

        server.Signal(Libc.SIGHUP);

        await server.ListeningAgainAsync(2);
        server.ServerProcessId.ShouldNotBe(earlier);
        var (info, sha256) = await following;
        info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 6 });
        sha256.ShouldBe(TestKit.Child.Sha256(2_000_000));
        await Eventually.Holds(() => LogFiles.ReadAll(data.Path).Contains("Left."), cancellationToken: Cancelled);
        (await server.StopAsync()).ShouldBe(ExitCode.Stopped, server.Printed);
    }

    [Fact(Timeout = 120_000)]
    public async Task Left_at_a_stop_commands_wait_for_a_server_to_be_started_again()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting(), ("CcSignal:Processes:OnStop", "leave"));
        var client = new Persistent(server);
        await client.StartAsync(Child("one", "in-two", "500000", "3", "6"));
        await Eventually.Is(() => client.GetAsync("one").Result is { StartedAt: not null } started ? started : null, cancellationToken: Cancelled);

        server.Signal(Libc.SIGTERM);
        await Eventually.Holds(() => server.Error.Contains("the server has left its commands running"), cancellationToken: Cancelled);
        server.LivingCommands.Count.ShouldBe(1);
        server.Signal(Libc.SIGHUP);

        var (info, sha256) = await client.FollowAsync("one");
        info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 6 });
        sha256.ShouldBe(TestKit.Child.Sha256(500_000));
        server.Signal(Libc.SIGTERM);
        await Eventually.Holds(() => server.Error.Split("the server has left").Length == 3, cancellationToken: Cancelled);
        (await server.StopAsync()).ShouldBe(ExitCode.Stopped);
    }

    [Fact(Timeout = 120_000)]
    public async Task Told_to_keep_nothing_the_server_is_one_process()
    {
        using var data = new TempDirectory();
        await using var server = ServerExecutable.Start(data.Path, null, "--urls", "http://127.0.0.1:0", "--no-keeper");
        await server.ListeningAsync();

        server.ServerProcessId.ShouldBe(server.ProcessId);
        (await server.StopAsync()).ShouldBe(ExitCode.Stopped);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_person_cannot_give_the_role_of_a_server_that_has_a_keeper()
    {
        using var data = new TempDirectory();
        await using var server = ServerExecutable.Start(data.Path, null, "--role", "server");

        (await server.EndAsync()).ShouldBe(ExitCode.BadConfiguration);
        server.Printed.ShouldContain("'--role' is no option of the server");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_bad_configuration_ends_the_keeper_too_and_at_once()
    {
        using var data = new TempDirectory();
        var (exitCode, error) = await ServerExecutable.RefusesAsync(data.Path, ("CcSignal:Processes:OnStop", "perhaps"));

        exitCode.ShouldBe(ExitCode.BadConfiguration);
        error.ShouldContain("CcSignal:Processes:OnStop");
        error.ShouldNotContain("the next one starts");
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private static ExecutionRequest Child(string id, params string[] arguments) => new() { Id = id, Command = TestKit.Child.Path, Arguments = arguments };
}
