using System.Security.Cryptography;
using System.Text.Json;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Cli.Tests.Commands;

public sealed class RunTests
{
    [Fact]
    public async Task Binary_output_comes_through_byte_for_byte()
    {
        await using var server = await TestServer.StartAsync();

        var result = await CliProcess.RunAsync(server.Url, "run", Child.Path, "flood", "5000000", "8192", "7");

        result.Error.ShouldBe("");
        result.ShouldReturn(0);
        Convert.ToHexStringLower(SHA256.HashData(result.Output)).ShouldBe(Child.Sha256(5_000_000, seed: 7), StringCompareShould.IgnoreCase);
    }

    [Fact]
    public async Task Each_stream_goes_to_its_own()
    {
        await using var server = await TestServer.StartAsync();

        var result = await CliProcess.RunAsync(server.Url, "run", "--", Child.Path, "both", "200");

        result.OutputLines.ShouldBe(Enumerable.Range(1, 200).Select(i => $"out {i}"));
        result.ErrorLines.ShouldBe(Enumerable.Range(1, 200).Select(i => $"err {i}"));
    }

    [Fact]
    public async Task Both_streams_into_one_file_overwrite_nothing()
    {
        await using var server = await TestServer.StartAsync();
        using var directory = new TempDirectory();
        await using var shell = CliProcess.StartShell(server.Url, $"ccsignal run {Child.Path} both 500 > {directory["all"]} 2>&1");

        (await shell.EndAsync()).ShouldReturn(0);

        var lines = await File.ReadAllLinesAsync(directory["all"], TestContext.Current.CancellationToken);
        lines.Where(line => line.StartsWith("out", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(1, 500).Select(i => $"out {i}"));
        lines.Where(line => line.StartsWith("err", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(1, 500).Select(i => $"err {i}"));
        lines.Length.ShouldBe(1_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(255)]
    public async Task The_commands_exit_code_is_returned(int code)
    {
        await using var server = await TestServer.StartAsync();

        var result = await CliProcess.RunAsync(server.Url, "run", Child.Path, "exit", $"{code}");

        result.ShouldReturn(code);
        result.Error.ShouldBe("");
    }

    [Fact]
    public async Task A_signal_is_returned_as_a_shell_returns_it()
    {
        await using var server = await TestServer.StartAsync();

        var result = await CliProcess.RunAsync(server.Url, "run", Child.Path, "die-by", "SIGKILL");

        result.ShouldReturn(137);
        result.Error.ShouldContain("killed by SIGKILL");
    }

    [Theory]
    [InlineData(124, "--timeout", "0.3")]
    [InlineData(124, "--idle-timeout", "300ms")]
    public async Task A_time_limit_is_returned_as_timeout_does(int code, params string[] options)
    {
        await using var server = await TestServer.StartAsync();

        var result = await CliProcess.RunAsync(server.Url, ["run", .. options, "--", Child.Path, "sleep", "600"]);

        result.ShouldReturn(code);
        result.OutputText.ShouldBe("sleeping\n");
        result.Error.ShouldContain("timed out");
    }

    [Fact]
    public async Task Output_beyond_its_limit_ends_the_command()
    {
        await using var server = await TestServer.StartAsync();

        var result = await CliProcess.RunAsync(server.Url, "run", "--max-output", "64k", Child.Path, "lines", "0");

        result.ShouldReturn(153);
        result.Output.Length.ShouldBe(64 * 1024);
    }

    [Fact]
    public async Task What_cannot_be_started_is_told_as_a_shell_tells_it()
    {
        await using var server = await TestServer.StartAsync();
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["plain"], "no program", TestContext.Current.CancellationToken);

        (await CliProcess.RunAsync(server.Url, "run", directory["missing"])).ShouldReturn(127);
        (await CliProcess.RunAsync(server.Url, "run", directory["plain"])).ShouldReturn(126);
    }

    [Theory]
    [InlineData("run", "--profile", "nobody", "true")]
    [InlineData("run", "--priority", "11", "true")]
    [InlineData("attach", "unknown")]
    [InlineData("show", "unknown")]
    [InlineData("cancel", "unknown")]
    [InlineData("logs", "unknown")]
    [InlineData("--url", "http://127.0.0.1:1", "info")]
    [InlineData("--token", "wrong", "info")]
    [InlineData("--url", "nowhere", "info")]
    [InlineData("run", "--foo", "ls")]
    [InlineData("bogus")]
    public async Task What_was_not_done_is_125_and_one_line(params string[] words)
    {
        await using var server = await TestServer.StartAsync();

        var result = await CliProcess.RunAsync(server.Url, words);

        result.ShouldReturn(125);
        result.Output.ShouldBeEmpty();
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("ccsignal: ");
    }

    [Fact]
    public async Task Words_after_the_command_are_its_own()
    {
        await using var server = await TestServer.StartAsync();

        var result = await CliProcess.RunAsync(server.Url, "run", Child.Path, "report", "--json", "--url", "@file", "", "a b", "--", "-q");

        using var report = JsonDocument.Parse(result.Output);
        report.RootElement.GetProperty("arguments").EnumerateArray().Select(word => word.GetString())
            .ShouldBe(["--json", "--url", "@file", "", "a b", "--", "-q"]);
    }

    [Fact]
    public async Task Json_is_the_events_one_a_line()
    {
        await using var server = await TestServer.StartAsync();

        var result = await CliProcess.RunAsync(server.Url, "run", "--json", Child.Path, "echo", "hello");

        var events = result.OutputLines.Select(line => JsonSerializer.Deserialize<ExecutionEvent>(line, WireJson.Options)!).ToList();
        events[0].Kind.ShouldBe(EventKind.Snapshot);
        events[^1].Info!.End!.ExitCode.ShouldBe(0);
        events.Where(item => item.Kind == EventKind.Output).SelectMany(item => item.Data!.Value.ToArray()).ToArray().ShouldBe("hello\n"u8.ToArray());
        result.Error.ShouldBe("");
    }

    [Fact]
    public async Task When_the_reader_of_its_output_leaves_the_command_is_cancelled()
    {
        await using var server = await TestServer.StartAsync();
        await using var cli = CliProcess.Start(server.Url, "run", "--id", "endless", Child.Path, "lines", "0", "1");
        await cli.PrintsAsync("line 3\n");

        cli.CloseOutput();

        (await cli.EndAsync()).ShouldReturn(141);
        await using var client = await server.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        await foreach (var item in client.FollowAsync("endless", null, TestContext.Current.CancellationToken))
        {
            item.Info?.End?.Cause.ShouldBe(EndCause.Cancelled);
        }
    }

    [Fact]
    public async Task Output_that_cannot_be_written_here_is_told_and_ends_the_command()
    {
        await using var server = await TestServer.StartAsync();
        await using var shell = CliProcess.StartShell(server.Url, $"exec ccsignal run {Child.Path} lines 0 > /dev/full");

        var result = await shell.EndAsync();

        result.ShouldReturn(125);
        result.Error.ShouldContain("No space left on device");
        await Eventually.Holds(() => server.LivingCommands.Count == 0, cancellationToken: TestContext.Current.CancellationToken);
    }
}
