using System.Globalization;
using System.Text;
using System.Text.Json;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Cli.Tests.Commands;

/// <summary>What <c>logs</c> makes of a recording beside its bytes.</summary>
public sealed class LogsTests
{
    private const string Stamp = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Timestamps_are_those_of_the_recording_though_its_pieces_come_joined()
    {
        await using var server = await TestServer.StartAsync();
        await RunAsync(server, "slow", null, "lines", "3", "300");

        var lines = (await CliProcess.RunAsync(server.Url, "logs", "slow", "--timestamps")).OutputText.Split('\n');

        lines.Select(line => line.Split(' ', 2)[^1]).ShouldBe(["line 1", "line 2", "line 3", ""]);
        var times = lines[..3].Select(line => DateTimeOffset.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)).ToArray();
        (times[1] - times[0]).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(250));
        (times[2] - times[1]).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task Each_stream_has_its_own_lines()
    {
        await using var server = await TestServer.StartAsync();
        await RunAsync(server, "both", null, "both", "2");

        var result = await CliProcess.RunAsync(server.Url, "logs", "both", "-T");

        result.OutputText.ShouldMatch($"^{Stamp} out 1\n{Stamp} out 2\n$");
        result.Error.ShouldMatch($"^{Stamp} err 1\n{Stamp} err 2\n$");
    }

    [Fact]
    public async Task A_line_that_came_in_pieces_has_one_timestamp()
    {
        await using var server = await TestServer.StartAsync();
        await RunAsync(server, "pieces", null, "utf8-split", "2");

        var result = await CliProcess.RunAsync(server.Url, "logs", "pieces", "-T");

        result.OutputText.ShouldMatch($"^{Stamp} žluťoučký 日本語 🎉\n{Stamp} žluťoučký 日本語 🎉\n$");
    }

    [Fact]
    public async Task A_part_is_chosen_by_time()
    {
        await using var server = await TestServer.StartAsync();
        await RunAsync(server, "parts", null, "lines", "3", "300");
        var second = Records(await CliProcess.RunAsync(server.Url, "logs", "parts", "--timestamps", "--json"))
            .Where(item => item.GetProperty("kind").GetString() == "output")
            .Select(item => item.GetProperty("at").GetInt64()).Order().ElementAt(1);
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(second).ToString("O", CultureInfo.InvariantCulture);

        (await CliProcess.RunAsync(server.Url, "logs", "parts", "--since", moment)).OutputText.ShouldBe("line 2\nline 3\n");
        (await CliProcess.RunAsync(server.Url, "logs", "parts", "--until", moment)).OutputText.ShouldBe("line 1\nline 2\n");
        (await CliProcess.RunAsync(server.Url, "logs", "parts", "--since", moment, "--until", moment)).OutputText.ShouldBe("line 2\n");
        (await CliProcess.RunAsync(server.Url, "logs", "parts", "--since", "2100-01-01")).OutputText.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_recorded_terminal_is_an_asciicast_whose_characters_are_whole()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The portable launcher has no terminals.");
        await using var server = await TestServer.StartAsync();
        await RunAsync(server, "film", new TerminalSize(91, 27), "utf8-split", "3");

        var lines = Records(await CliProcess.RunAsync(server.Url, "logs", "film", "--asciicast"));

        var header = lines[0];
        (header.GetProperty("version").GetInt32(), header.GetProperty("width").GetInt32(), header.GetProperty("height").GetInt32()).ShouldBe((2, 91, 27));
        (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - header.GetProperty("timestamp").GetInt64()).ShouldBeInRange(0, 300);
        var frames = lines[1..];
        frames.Select(frame => frame[1].GetString()).Distinct().ShouldBe(["o"]);
        frames.Select(frame => frame[0].GetDouble()).ShouldBeInOrder();
        frames[0][0].GetDouble().ShouldBeInRange(0, 60);
        string.Concat(frames.Select(frame => frame[2].GetString())).ShouldBe(string.Concat(Enumerable.Repeat("žluťoučký 日本語 🎉\r\n", 3)));
    }

    [Fact]
    public async Task A_compressed_recording_is_printed_as_before_in_every_form()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The portable launcher has no terminals.");
        await using var server = await TestServer.StartAsync(("CcSignal:Journal:CompressAfterSeconds", "2"), ("CcSignal:Retention:IntervalSeconds", "1"));
        await RunAsync(server, "long", new TerminalSize(200, 27), "lines", "3000", "0", "100");
        string[][] forms = [[], ["--timestamps"], ["--timestamps", "--json"], ["--asciicast"]];
        var before = await PrintAsync();

        await Eventually.Holds(
            () => Directory.GetFiles(Path.Combine(server.DataDirectory, "journal"), "stdout", SearchOption.AllDirectories).Length == 0, cancellationToken: Token);

        (await PrintAsync()).ShouldBe(before);
        before[0].Split("\r\n").Length.ShouldBe(3001);

        async Task<List<string>> PrintAsync()
        {
            var printed = new List<string>();
            foreach (var form in forms)
            {
                // A stream's name is a new one each time.
                var text = (await CliProcess.RunAsync(server.Url, ["logs", "long", .. form])).OutputText;
                printed.Add(string.Join('\n', text.Split('\n').Where(line => !line.Contains("\"subscription\"", StringComparison.Ordinal))));
            }

            return printed;
        }
    }

    [Fact]
    public async Task What_ran_on_no_terminal_is_no_asciicast()
    {
        await using var server = await TestServer.StartAsync();
        await RunAsync(server, "plain", null, "echo", "hello");

        var result = await CliProcess.RunAsync(server.Url, "logs", "plain", "--asciicast");

        result.ShouldReturn(125);
        result.ErrorLines.ShouldHaveSingleItem().ShouldContain("did not run on a terminal");
    }

    [Fact]
    public async Task Timestamps_follow_a_running_command()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        await client.StartAsync(new ExecutionRequest { Id = "live", Command = Child.Path, Arguments = ["on-term", "0"] }, Token);
        await using var logs = CliProcess.Start(server.Url, "logs", "live", "-f", "-T");

        await logs.PrintsAsync("Z ready\n");
        await client.CancelAsync("live", null, Token);

        var result = await logs.EndAsync();
        result.ShouldReturn(0);
        result.OutputText.ShouldMatch($"^{Stamp} ready\n{Stamp} bye\n$");
    }

    private static async Task RunAsync(TestServer server, string id, TerminalSize? terminal, params string[] words)
    {
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        await client.RunToEndAsync(new ExecutionRequest { Id = id, Command = Child.Path, Arguments = words, Terminal = terminal }, null, Token);
    }

    private static JsonElement[] Records(CliResult result) =>
        [.. Encoding.UTF8.GetString(result.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
