using System.Globalization;
using System.Security.Cryptography;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Client.Tests.Server;

/// <summary>What goes to a command: input, signals, sizes.</summary>
public sealed class InputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(WireFormat.MessagePack)]
    [InlineData(WireFormat.Json)]
    public async Task Input_over_cut_connections_arrives_whole_and_once(WireFormat format)
    {
        await using var server = await TestServer.StartAsync();
        var bytes = new byte[3_000_000];
        new Random(9).NextBytes(bytes);
        await using var watcher = await server.ConnectAsync(format, Token);
        await watcher.StartAsync(Request("read-stdin") with { Id = "cut", Input = InputMode.Open }, Token);
        var sender = new InputSender("cut", new MemoryStream(bytes));

        var cuts = 0;
        for (var done = false; !done;)
        {
            // A connection each time that ends somewhere in the middle of a call.
            await using var client = await server.ConnectAsync(format, Token);
            var sending = sender.SendAsync(client, Token);
            var reached = sender.Accepted + (cuts < 5 ? 300_000 : bytes.Length);
            await Eventually.Holds(() => sender.Accepted >= reached || sending.IsCompleted, cancellationToken: Token);
            if (cuts < 5)
            {
                await client.DisposeAsync();
            }

            try
            {
                await sending;
                done = true;
            }
            catch (ConnectionLostException)
            {
                cuts++;
            }
        }

        cuts.ShouldBeGreaterThan(0);
        sender.Accepted.ShouldBe(bytes.Length);
        var result = await CollectAsync(watcher, "cut");
        result.ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} {Convert.ToHexStringLower(SHA256.HashData(bytes))}\n"));
    }

    [Fact]
    public async Task Signals_and_sizes_reach_the_command()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The portable launcher has neither.");
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        await client.StartAsync(Request("window") with { Id = "window", Terminal = new TerminalSize(90, 20) }, Token);
        await using var events = client.FollowAsync("window", null, Token).GetAsyncEnumerator(Token);

        await SeeAsync(events, "size 90x20");
        await client.ResizeAsync("window", 91, 21, Token);
        await SeeAsync(events, "size 91x21");
        await client.SignalAsync("window", "SIGKILL", Token);

        var end = await EndAsync(events);
        end.Cause.ShouldBe(EndCause.Signaled);
        (await Should.ThrowAsync<CallRefusedException>(() => client.SignalAsync("window", "SIGKILL", Token))).Code.ShouldBe(ErrorCodes.Conflict);
        (await Should.ThrowAsync<CallRefusedException>(() => client.CloseInputAsync("unknown", Token))).Code.ShouldBe(ErrorCodes.NotFound);
    }

    private static ExecutionRequest Request(params string[] words) => new() { Command = Child.Path, Arguments = words };

    private static async Task<string> CollectAsync(CcSignalClient client, string id)
    {
        var text = "";
        await foreach (var item in client.FollowAsync(id, null, Token))
        {
            text += item.Data is { } data ? System.Text.Encoding.UTF8.GetString(data.Span) : "";
        }

        return text;
    }

    private static async Task SeeAsync(IAsyncEnumerator<ExecutionEvent> events, string text)
    {
        var seen = "";
        while (!seen.Contains(text, StringComparison.Ordinal))
        {
            (await events.MoveNextAsync()).ShouldBeTrue($"it ended without '{text}', after '{seen}'");
            seen += events.Current.Data is { } data ? System.Text.Encoding.UTF8.GetString(data.Span) : "";
        }
    }

    private static async Task<ExecutionEnd> EndAsync(IAsyncEnumerator<ExecutionEvent> events)
    {
        while (await events.MoveNextAsync() && events.Current.Kind != EventKind.Ended)
        {
        }

        return events.Current.Info!.End!;
    }
}
