using System.Net;
using System.Net.Sockets;

namespace CcSignal.Load.Faults;

/// <summary>One connection through the proxy. Its run owns both sockets.</summary>
internal sealed class ProxiedConnection(Socket client, FaultPlan plan, TimeProvider time)
{
    // For the other side to answer a FIN with its own; who does not is reset.
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<CutKind> _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends it as <paramref name="kind"/> says, if it has not ended.</summary>
    public void Cut(CutKind kind) => _cut.TrySetResult(kind);

    /// <summary>Forwards until either side ends, or the plan or <see cref="Cut"/> does.</summary>
    public async Task RunAsync(EndPoint target, CancellationToken stop)
    {
        using var ownedClient = client;
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var moving = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var forwarding = ForwardAsync(server, target, moving.Token);
        var cut = await Task.WhenAny(forwarding, _cut.Task) == _cut.Task ? await _cut.Task : (CutKind?)null;
        await moving.CancelAsync();
        await EndAsync(server, await forwarding ?? cut, stop);
    }

    // How it is to be ended; null: both sides have closed, or somebody else says.
    private async Task<CutKind?> ForwardAsync(Socket server, EndPoint target, CancellationToken cancellationToken)
    {
        try
        {
            await server.ConnectAsync(target, cancellationToken);
            return await ForwardBothWaysAsync(server, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (SocketException)
        {
            return CutKind.Reset; // what one side did is passed on to the other
        }
    }

    private async Task<CutKind?> ForwardBothWaysAsync(Socket server, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var there = MoveAsync(client, server, Direction.ToServer, either.Token);
        var back = MoveAsync(server, client, Direction.ToClient, either.Token);
        try
        {
            var first = await Task.WhenAny(there, back);
            return await first ?? await (first == there ? back : there);
        }
        finally
        {
            await either.CancelAsync();
            await ((Task)Task.WhenAll(there, back)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // one of them has said it
        }
    }

    private async Task<CutKind?> MoveAsync(Socket from, Socket to, Direction direction, CancellationToken cancellationToken)
    {
        var cut = plan.Cut is { } planned && planned.Direction == direction ? planned : null;
        if (!await new OneWay(from, to, plan, cut?.AfterBytes, time).MoveAsync(cancellationToken))
        {
            return null;
        }

        Cut(cut!.Kind); // the other way must not go on meanwhile
        return cut.Kind;
    }

    private async Task EndAsync(Socket server, CutKind? kind, CancellationToken stop)
    {
        switch (kind)
        {
            case CutKind.Reset:
                Reset(client);
                Reset(server);
                break;
            case CutKind.Close:
                await Task.WhenAll(CloseAsync(client, stop), CloseAsync(server, stop));
                break;
            case CutKind.Silence:
                await UntilAsync(stop);
                break;
            default:
                break;
        }
    }

    // socket(7), SO_LINGER of 0: close(2) sends RST and drops what was not sent.
    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    // A socket closed over unread bytes sends RST: they are read away first.
    private static async Task CloseAsync(Socket socket, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(ClosePatience);
        var bytes = new byte[4096];
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(bytes, patience.Token) > 0)
            {
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            Reset(socket); // it is gone already, or does not answer
        }
    }

    private static async Task UntilAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
    }
}
