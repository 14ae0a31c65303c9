using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CcSignal.Load.Faults.Tests;

/// <summary>Sends back what it gets, and keeps how each connection ended.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public EchoServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}");

    /// <summary>How the first connection ended: <c>closed</c> or <c>reset</c>.</summary>
    public TaskCompletionSource<string> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_serving);
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            var bytes = new byte[8192];
            try
            {
                for (int count; (count = await socket.ReceiveAsync(bytes, _stop.Token)) > 0;)
                {
                    await socket.SendAsync(bytes.AsMemory(0, count), _stop.Token);
                }

                Ended.TrySetResult("closed");
            }
            catch (SocketException)
            {
                Ended.TrySetResult("reset");
            }
            catch (OperationCanceledException)
            {
                Ended.TrySetResult("still open");
            }
        }
    }
}
