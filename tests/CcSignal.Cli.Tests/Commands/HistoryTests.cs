using System.Text.Json;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Cli.Tests.Commands;

public sealed class HistoryTests
{
    [Fact]
    public async Task What_was_started_is_followed_from_its_first_byte()
    {
        await using var server = await TestServer.StartAsync();
        var started = await CliProcess.RunAsync(server.Url, "start", "--", Child.Path, "both", "3");
        started.ShouldReturn(0);
        var id = started.OutputLines.ShouldHaveSingleItem();

        var attached = await CliProcess.RunAsync(server.Url, "attach", id);

        attached.ShouldReturn(0);
        attached.OutputText.ShouldBe("out 1\nout 2\nout 3\n");
        attached.Error.ShouldBe("err 1\nerr 2\nerr 3\n");
    }

    [Fact]
    public async Task Attaching_later_goes_on_after_what_was_seen_and_returns_the_exit_code()
    {
        await using var server = await TestServer.StartAsync();
        var started = await CliProcess.RunAsync(server.Url, "run", "--id", "lines", "--", Child.Path, "exit-undrained", "10", "9");
        started.ShouldReturn(9);

        var whole = await CliProcess.RunAsync(server.Url, "attach", "lines");
        var rest = await CliProcess.RunAsync(server.Url, "attach", "lines", "--from", "2");

        whole.ShouldReturn(9);
        whole.Output.ShouldBe(started.Output);
        rest.ShouldReturn(9);
        rest.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Logs_of_a_running_command_print_what_there_is_and_stop()
    {
        await using var server = await TestServer.StartAsync();
        await using var run = CliProcess.Start(server.Url, "run", "--id", "running", Child.Path, "sleep", "600");
        await run.PrintsAsync("sleeping\n");

        var logs = await CliProcess.RunAsync(server.Url, "logs", "running");
        var beyond = await CliProcess.RunAsync(server.Url, "logs", "running", "--from", "50");

        logs.OutputText.ShouldBe("sleeping\n");
        (logs.ExitCode, beyond.ExitCode, beyond.OutputText).ShouldBe((0, 0, ""));
    }

    [Fact]
    public async Task Logs_give_one_stream_or_both_and_follow_to_the_end()
    {
        await using var server = await TestServer.StartAsync();
        (await CliProcess.RunAsync(server.Url, "run", "--id", "two", Child.Path, "both", "2")).ShouldReturn(0);

        var both = await CliProcess.RunAsync(server.Url, "logs", "two");
        var output = await CliProcess.RunAsync(server.Url, "logs", "two", "--stdout");
        var error = await CliProcess.RunAsync(server.Url, "logs", "--follow", "--stderr", "two");

        (both.OutputText, both.Error).ShouldBe(("out 1\nout 2\n", "err 1\nerr 2\n"));
        (output.OutputText, output.Error).ShouldBe(("out 1\nout 2\n", ""));
        (error.OutputText, error.Error).ShouldBe(("err 1\nerr 2\n", ""));
    }

    [Fact]
    public async Task Ps_lists_what_lives_and_with_all_what_has_ended()
    {
        await using var server = await TestServer.StartAsync();
        await using var run = CliProcess.Start(server.Url, "run", "--id", "lives", "--tag", "team=core", Child.Path, "sleep", "600");
        await run.PrintsAsync("sleeping\n");
        await CliProcess.RunAsync(server.Url, "run", "--id", "ended", Child.Path, "echo", "two\nlines");

        var living = await CliProcess.RunAsync(server.Url, "ps");
        var all = await CliProcess.RunAsync(server.Url, "ps", "-a", "--json");
        var tagged = await CliProcess.RunAsync(server.Url, "ps", "-a", "--tag", "team=core", "--json");
        var one = await CliProcess.RunAsync(server.Url, "ps", "-a", "-n", "1");

        living.OutputLines[0].ShouldStartWith("ID     STATE");
        living.OutputLines[1].ShouldStartWith("lives  running ");
        living.OutputLines.Length.ShouldBe(2);
        all.OutputLines.Select(Execution).Select(execution => execution.Id).ShouldBe(["ended", "lives"]);
        tagged.OutputLines.Select(Execution).Select(execution => execution.Id).ShouldBe(["lives"]);
        one.OutputLines[1].ShouldEndWith("echo 'two\\nlines'");
        one.Error.ShouldContain("more than 1");
    }

    [Fact]
    public async Task Show_tells_how_a_command_ended()
    {
        await using var server = await TestServer.StartAsync();
        await CliProcess.RunAsync(server.Url, "run", "--id", "failed", "--tag", "a=b", Child.Path, "exit", "3");

        var shown = await CliProcess.RunAsync(server.Url, "show", "failed");
        var json = await CliProcess.RunAsync(server.Url, "show", "failed", "--json");

        shown.OutputLines.ShouldContain("id:        failed");
        shown.OutputLines.ShouldContain("state:     exited 3");
        shown.OutputLines.ShouldContain("tags:      a=b");
        Execution(json.OutputLines.ShouldHaveSingleItem()).End!.ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task Cancelling_several_goes_on_after_one_that_is_unknown()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var id in (string[])["one", "two"])
        {
            await CliProcess.RunAsync(server.Url, "start", "--id", id, "--", Child.Path, "sleep", "600");
        }

        var cancelled = await CliProcess.RunAsync(server.Url, "cancel", "one", "unknown", "two", "--reason", "enough");

        cancelled.ShouldReturn(125);
        cancelled.OutputLines.ShouldBe(["one", "two"]);
        cancelled.Error.ShouldContain("unknown");
        foreach (var id in (string[])["one", "two"])
        {
            (await CliProcess.RunAsync(server.Url, "attach", id)).ShouldReturn(130);
        }
    }

    [Fact]
    public async Task Info_tells_what_the_server_is()
    {
        await using var server = await TestServer.StartAsync();

        var people = await CliProcess.RunAsync(server.Url, "info");
        var json = await CliProcess.RunAsync(server.Url, "info", "--json");

        people.OutputText.ShouldContain("profiles:");
        JsonSerializer.Deserialize<ServerInfo>(json.OutputText, WireJson.Options)!.Profiles.ShouldContain(Defaults.Profile);
    }

    private static ExecutionInfo Execution(string line) => JsonSerializer.Deserialize<ExecutionInfo>(line, WireJson.Options)!;

    [Fact]
    public async Task Pausing_and_resuming_print_what_it_was_done_to_and_say_what_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only the Linux launcher can pause.");
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var cli = CliProcess.Start(server.Url, "run", "--id", "stands", Child.Path, "sleep", "600");
        await cli.PrintsAsync("sleeping\n");

        var paused = await CliProcess.RunAsync(server.Url, "pause", "stands", "unknown");
        var listed = await CliProcess.RunAsync(server.Url, "ps", "--state", "paused");
        var resumed = await CliProcess.RunAsync(server.Url, "resume", "stands");
        var state = (await client.GetAsync("stands", TestContext.Current.CancellationToken)).State;

        paused.ShouldReturn(125);
        paused.OutputLines.ShouldBe(["stands"]);
        paused.Error.ShouldContain("unknown");
        listed.OutputText.ShouldContain("stands");
        resumed.ShouldReturn(0);
        state.ShouldBe(ExecutionState.Running);
        await client.CancelAsync("stands", cancellationToken: TestContext.Current.CancellationToken);
        (await cli.EndAsync()).ShouldReturn(130);
    }

    [Fact]
    public async Task Watching_prints_a_line_for_each_new_state()
    {
        await using var server = await TestServer.StartAsync();
        await using var watch = CliProcess.Start(server.Url, "ps", "--watch");
        await using var run = CliProcess.Start(server.Url, "run", "--id", "watched", Child.Path, "sleep", "600");
        await watch.PrintsAsync("watched                           running");

        (await CliProcess.RunAsync(server.Url, "cancel", "watched")).ShouldReturn(0);

        await watch.PrintsAsync("watched                           cancelled");
    }
}
