using System.Globalization;
using System.Text.Json;
using CcSignal.Contracts;
using CcSignal.Load.Faults;
using CcSignal.TestKit;

namespace CcSignal.Client.Tests.Resuming;

/// <summary>
/// The whole way from the command to the caller over connections that are cut at random bytes, in handshakes, in the middle of frames and of acknowledgements.
/// <c>CCSIGNAL_CUTS=1000</c> makes it the long test; <c>CCSIGNAL_CUTS_SEED</c> cuts elsewhere.
/// </summary>
public sealed class CutTests(ITestOutputHelper output)
{
    private static readonly int Cuts = Setting("CCSIGNAL_CUTS", 40);
    private static readonly int Seed = Setting("CCSIGNAL_CUTS_SEED", 20261122);

    // What passes between two cuts at most, and on average half of it: enough bytes that the last cut comes before the end.
    private const long MaxBytesBetween = 300_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 1_800_000)]
    [InlineData(WireFormat.MessagePack)]
    [InlineData(WireFormat.Json)]
    public async Task No_byte_is_lost_doubled_or_exchanged_by_any_number_of_cuts(WireFormat format)
    {
        var bytes = (Cuts + 10) * MaxBytesBetween;
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url, After(1, new RandomCuts(Seed, Cuts, MaxBytesBetween)));
        await using var client = await ConnectAsync(proxy, format);
        using var sink = new Sha256Sink();

        var reading = sink.ReadAsync(client.RunAsync(Request("flood", $"{bytes}", "8192", $"{Seed}"), null, Token));
        proxy.Cut(CutKind.Reset); // the first connection was to come up; all others may break in their handshake

        (await reading).ShouldBe(Child.Sha256(bytes, Seed));
        sink.End!.ExitCode.ShouldBe(0);
        proxy.Accepted.ShouldBe(Cuts + 2, "every cut took place, and one connection lived to the end");
        output.WriteLine($"{format}: {Cuts + 1} cuts in {bytes:N0} bytes, SHA-256 equal.");
    }

    [Theory(Timeout = 1_800_000)]
    [InlineData("messagepack")]
    [InlineData("json")]
    public async Task The_JavaScript_client_loses_doubles_and_exchanges_none_either(string protocol)
    {
        Assert.SkipUnless(NodeProgram.IsThere, "node is not installed, or 'npm ci' was not run in tests/node.");
        var bytes = (Cuts + 10) * MaxBytesBetween;
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url, new RandomCuts(Seed, Cuts, MaxBytesBetween).Plan);

        var (exitCode, line) = await NodeProgram.RunAsync(proxy.Url, protocol, ["cuts.mjs", "flood", $"{bytes}", "8192", $"{Seed}"], Token);

        exitCode.ShouldBe(0, line);
        var told = JsonDocument.Parse(line).RootElement;
        told.GetProperty("sha256").GetString().ShouldBe(Child.Sha256(bytes, Seed));
        told.GetProperty("bytes").GetInt64().ShouldBe(bytes);
        told.GetProperty("disordered").GetInt32().ShouldBe(0);
        (told.GetProperty("snapshots").GetInt32(), told.GetProperty("ends").GetInt32(), told.GetProperty("exitCode").GetInt32()).ShouldBe((1, 1, 0));
        proxy.Accepted.ShouldBeGreaterThan(Cuts, "every cut took place, and one connection lived to the end");
        output.WriteLine($"JavaScript, {protocol}: {Cuts} cuts in {bytes:N0} bytes, {told.GetProperty("interruptions").GetInt32()} of them in a stream, SHA-256 equal.");
    }

    [Theory(Timeout = 600_000)]
    [InlineData(WireFormat.MessagePack)]
    [InlineData(WireFormat.Json)]
    public async Task Input_arrives_whole_and_once_over_any_number_of_cuts(WireFormat format)
    {
        var cuts = Math.Min(Cuts, 200);
        var bytes = new byte[cuts * 100_000];
        new Random(Seed).NextBytes(bytes);
        var random = new Random(Seed);
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url, connection => connection is 0 || connection > cuts
            ? FaultPlan.None
            : new FaultPlan { Cut = new Cut(Direction.ToServer, random.Next(150_000), CutKind.Reset) });
        await using var client = await ConnectAsync(proxy, format);
        await client.StartAsync(Request("read-stdin") with { Id = "in", Input = InputMode.Open }, Token);
        proxy.Cut(CutKind.Reset);

        await new InputSender("in", new MemoryStream(bytes)).SendAsync(client, Token);

        var result = "";
        await foreach (var item in client.FollowAsync("in", null, Token))
        {
            result += item.Data is { } data ? System.Text.Encoding.UTF8.GetString(data.Span) : "";
        }

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        result.ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} {hash}\n"));
        proxy.Accepted.ShouldBeGreaterThan(cuts / 2);
    }

    [Fact(Timeout = 300_000)]
    public async Task Several_streams_of_one_client_go_on_each_where_it_was()
    {
        const int streams = 6;
        const long bytes = 3_000_000;
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url, After(1, new RandomCuts(Seed, 20, 2 * MaxBytesBetween)));
        await using var client = await ConnectAsync(proxy, WireFormat.MessagePack);

        var reading = Enumerable.Range(0, streams).Select(async seed =>
        {
            using var sink = new Sha256Sink();
            return await sink.ReadAsync(client.RunAsync(Request("flood", $"{bytes}", "8192", $"{seed}"), null, Token));
        }).ToList();
        proxy.Cut(CutKind.Close);

        (await Task.WhenAll(reading)).ShouldBe(Enumerable.Range(0, streams).Select(seed => Child.Sha256(bytes, seed)));
    }

    // The first connections are to come up whole; a client tries its first one once.
    private static Func<int, FaultPlan> After(int whole, RandomCuts cuts) => connection => connection < whole ? FaultPlan.None : cuts.Plan(connection - whole);

    // A small window: there are many acknowledgements, and cuts between them.
    private static Task<CcSignalClient> ConnectAsync(FaultProxy proxy, WireFormat format) => CcSignalClient.ConnectAsync(
        new CcSignalClientOptions { Url = proxy.Url, Token = TestServer.Token, Format = format, Reconnect = Quick.Forever, WindowBytes = 64 * 1024 }, Token);

    private static ExecutionRequest Request(params string[] words) => new() { Command = Child.Path, Arguments = words };

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
