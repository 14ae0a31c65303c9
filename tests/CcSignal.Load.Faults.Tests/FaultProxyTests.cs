using System.Diagnostics;
using System.Net.Sockets;

namespace CcSignal.Load.Faults.Tests;

public sealed class FaultProxyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_pass_both_ways_as_they_are()
    {
        await using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Url);
        using var client = await ConnectAsync(proxy);
        var sent = Bytes(1_000_000);

        var echoing = ReadAsync(client, sent.Length);
        await client.SendAsync(sent, Token);

        (await echoing).ShouldBe(sent);
        client.Shutdown(SocketShutdown.Send);
        (await client.ReceiveAsync(new byte[1], Token)).ShouldBe(0, "the server's own end is passed on");
        (await server.Ended.Task.WaitAsync(Token)).ShouldBe("closed");
    }

    [Theory]
    [InlineData(Direction.ToServer)]
    [InlineData(Direction.ToClient)]
    public async Task A_cut_by_close_comes_after_exactly_so_many_bytes(Direction direction)
    {
        await using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Url, _ => new FaultPlan { Cut = new Cut(direction, 70_001, CutKind.Close) });
        using var client = await ConnectAsync(proxy);
        var sent = Bytes(100_000);

        var echoing = ReadAsync(client, sent.Length);
        await client.SendAsync(sent, Token);
        var echoed = await echoing;

        if (direction == Direction.ToClient)
        {
            echoed.ShouldBe(sent[..70_001]);
        }
        else
        {
            echoed.ShouldBe(sent[..echoed.Length]);
            echoed.Length.ShouldBeLessThanOrEqualTo(70_001);
        }

        client.Close();
        (await server.Ended.Task.WaitAsync(Token)).ShouldBe("closed");
    }

    [Fact]
    public async Task A_cut_by_reset_is_a_reset_for_both()
    {
        await using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Url, _ => new FaultPlan { Cut = new Cut(Direction.ToClient, 3, CutKind.Reset) });
        using var client = await ConnectAsync(proxy);

        await client.SendAsync(Bytes(10), Token);

        (await Should.ThrowAsync<SocketException>(() => UntilEndAsync(client))).SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        (await server.Ended.Task.WaitAsync(Token)).ShouldBe("reset");
    }

    [Fact]
    public async Task Everything_open_is_cut_on_command_and_what_comes_later_is_not()
    {
        await using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Url);
        using var first = await ConnectAsync(proxy);
        using var second = await ConnectAsync(proxy);
        await EchoAsync(first);
        await EchoAsync(second);

        proxy.Cut(CutKind.Reset);

        await Should.ThrowAsync<SocketException>(() => UntilEndAsync(first));
        await Should.ThrowAsync<SocketException>(() => UntilEndAsync(second));
        using var third = await ConnectAsync(proxy);
        await EchoAsync(third);
        proxy.Accepted.ShouldBe(3);
    }

    [Fact]
    public async Task A_silent_cut_forwards_nothing_and_closes_nothing()
    {
        await using var server = new EchoServer();
        var proxy = FaultProxy.Start(server.Url);
        using var client = await ConnectAsync(proxy);
        await EchoAsync(client);

        proxy.Cut(CutKind.Silence);
        using var other = await ConnectAsync(proxy);
        await EchoAsync(other); // by now the first one would have been echoed, too
        await client.SendAsync(Bytes(10), Token);
        await EchoAsync(other);

        client.Available.ShouldBe(0);
        server.Ended.Task.IsCompleted.ShouldBeFalse();
        proxy.Open.ShouldBe(2);
        await proxy.DisposeAsync();
        proxy.Open.ShouldBe(0);
    }

    [Fact]
    public async Task A_closed_door_resets_and_a_silent_one_hears_nothing()
    {
        await using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Url);

        proxy.Door = Door.Refuses;
        await IsResetAsync(proxy);

        proxy.Door = Door.Silent;
        using var unheard = await ConnectAsync(proxy);
        await unheard.SendAsync(Bytes(10), Token);
        proxy.Door = Door.Open;
        using var heard = await ConnectAsync(proxy);
        await EchoAsync(heard);
        unheard.Available.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_reset_and_another_one_can_take_its_place()
    {
        await using var server = new EchoServer();
        var gone = new EchoServer();
        await using var proxy = FaultProxy.Start(gone.Url);
        await gone.DisposeAsync();

        await IsResetAsync(proxy);

        proxy.Target = new(proxy.Target.Address, server.Url.Port);
        using var served = await ConnectAsync(proxy);
        await EchoAsync(served);
    }

    [Fact]
    public async Task Delays_and_rates_hold_bytes_up()
    {
        await using var server = new EchoServer();
        await using var late = FaultProxy.Start(server.Url, _ => new FaultPlan { Delay = TimeSpan.FromMilliseconds(100) });
        await using var slow = FaultProxy.Start(server.Url, _ => new FaultPlan { BytesPerSecond = 40_000 });

        (await TimeAsync(late, 10)).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(190), "there and back");
        (await TimeAsync(slow, 20_000)).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(450), "half a second for half the rate");
    }

    [Fact]
    public async Task More_connections_than_allowed_are_reset()
    {
        await using var server = new EchoServer();
        await using var proxy = FaultProxy.Start(server.Url, maxConnections: 1);
        using var first = await ConnectAsync(proxy);
        await EchoAsync(first);

        await IsResetAsync(proxy);
        await EchoAsync(first);
    }

    [Fact]
    public void Another_machine_is_refused() =>
        Should.Throw<ArgumentException>(() => FaultProxy.Start(new Uri("http://192.0.2.1:80"))).Message.ShouldContain("192.0.2.1");

    [Fact]
    public void Random_cuts_are_the_same_for_the_same_seed_and_end()
    {
        var plans = Plans(seed: 7);

        Plans(seed: 7).ShouldBe(plans);
        Plans(seed: 8).ShouldNotBe(plans);
        plans.Take(100).ShouldAllBe(plan => plan.Cut!.AfterBytes < 5_000);
        plans.Skip(100).ShouldAllBe(plan => plan == FaultPlan.None);

        static List<FaultPlan> Plans(int seed)
        {
            var cuts = new RandomCuts(seed, times: 100, maxBytes: 5_000);
            return [.. Enumerable.Range(0, 110).Select(cuts.Plan)];
        }
    }

    private static async Task<Socket> ConnectAsync(FaultProxy proxy)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(proxy.Url.Host, proxy.Url.Port, Token);
        return socket;
    }

    // The reset may come before connect(2) has returned.
    private static Task<SocketException> IsResetAsync(FaultProxy proxy) => Should.ThrowAsync<SocketException>(async () =>
    {
        using var socket = await ConnectAsync(proxy);
        await UntilEndAsync(socket);
    });

    private static async Task EchoAsync(Socket socket)
    {
        var sent = Bytes(10);
        await socket.SendAsync(sent, Token);
        (await ReadAsync(socket, sent.Length)).ShouldBe(sent);
    }

    private static async Task<TimeSpan> TimeAsync(FaultProxy proxy, int bytes)
    {
        using var client = await ConnectAsync(proxy);
        var began = Stopwatch.GetTimestamp();
        var echoing = ReadAsync(client, bytes);
        await client.SendAsync(Bytes(bytes), Token);
        (await echoing).Length.ShouldBe(bytes);
        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task UntilEndAsync(Socket socket)
    {
        while (await socket.ReceiveAsync(new byte[4096], Token) > 0)
        {
        }
    }

    private static async Task<byte[]> ReadAsync(Socket socket, int count)
    {
        var bytes = new byte[count];
        var filled = 0;
        while (filled < count && await socket.ReceiveAsync(bytes.AsMemory(filled), Token) is var read and > 0)
        {
            filled += read;
        }

        return bytes[..filled];
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }
}
