using CcSignal.Contracts;
using CcSignal.Load.Faults;
using CcSignal.TestKit;

namespace CcSignal.Client.Tests.Resuming;

/// <summary>A network that falls silent and a server that dies are interruptions like any other.</summary>
public sealed class ServerGoneTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(WireFormat.MessagePack)]
    [InlineData(WireFormat.Json)]
    public async Task A_connection_that_falls_silent_is_noticed_and_replaced(WireFormat format)
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        await using var client = await CcSignalClient.ConnectAsync(
            new() { Url = proxy.Url, Token = TestServer.Token, Format = format, Reconnect = Quick.Forever, ServerTimeout = TimeSpan.FromSeconds(2) }, Token);
        var seen = new MemoryStream();

        await foreach (var item in client.RunAsync(Request("lines", "250", "20"), null, Token))
        {
            seen.Write(item.Data.GetValueOrDefault().Span);
            if (proxy.Accepted == 1 && seen.Length > 200)
            {
                proxy.Cut(CutKind.Silence);
            }
        }

        proxy.Accepted.ShouldBe(2);
        seen.ToArray().ShouldBe([.. Enumerable.Range(1, 250).SelectMany(i => System.Text.Encoding.UTF8.GetBytes($"line {i}\n"))]);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_server_killed_again_and_again_loses_no_byte_and_no_call()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is a keeper on Linux only.");
        const long bytes = 12_000_000;
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path, FreeAddress.Setting());
        await using var client = await CcSignalClient.ConnectAsync(
            new() { Url = server.Url, Token = TestServer.Token, Reconnect = Quick.Forever }, Token);
        using var sink = new Sha256Sink();
        var (half, kills) = (new SemaphoreSlim(0), 0);

        // Half of it, a pause, the other half: each kill finds the command alive.
        var reading = sink.ReadAsync(
            client.RunAsync(Request("in-two", $"{bytes}", "6", "7", "3") with { Id = "survivor" }, null, Token),
            heard => _ = heard >= bytes / 2 && kills == 0 ? half.Release() : 0);
        await half.WaitAsync(Token);
        for (; kills < 2; kills++)
        {
            await server.KillServerAsync();
            (await client.GetAsync("survivor", Token)).Id.ShouldBe("survivor");
            await client.RunToEndAsync(Child.Path, ["echo", "between"], Token);
        }

        (await reading).ShouldBe(Child.Sha256(bytes, 3));
        sink.End!.ExitCode.ShouldBe(7);
        server.Starts.ShouldBe(3);
    }

    private static ExecutionRequest Request(params string[] words) => new() { Command = Child.Path, Arguments = words };
}
