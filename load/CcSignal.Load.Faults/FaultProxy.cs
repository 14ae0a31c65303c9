using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CcSignal.Load.Faults;

/// <summary>
/// A TCP proxy on a free port of 127.0.0.1 that breaks connections on purpose: at exact bytes, on command, late, slowly, or silently. It owns every
/// connection through it; its disposal resets them.
/// </summary>
/// <example>
/// <code>
/// await using var proxy = FaultProxy.Start(server.Url, new RandomCuts(seed: 1, times: 100, maxBytes: 500_000).Plan);
/// await using var client = await CcSignalClient.ConnectAsync(new() { Url = proxy.Url, … });
/// …
/// proxy.Cut(CutKind.Reset); // all connections, now
/// </code>
/// </example>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<ProxiedConnection, Task> _open = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, FaultPlan> _plan;
    private readonly int _maxConnections;
    private readonly TimeProvider _time;
    private readonly Task _accepting;
    private int _accepted;
    private volatile IPEndPoint _target;

    private FaultProxy(IPEndPoint target, Func<int, FaultPlan> plan, int maxConnections, TimeProvider time)
    {
        (_target, _plan, _maxConnections, _time) = (target, plan, maxConnections, time);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public Uri Url => new($"http://{_listener.LocalEndpoint}");

    /// <summary>The server behind it, on this machine. A change is for connections to come.</summary>
    public IPEndPoint Target
    {
        get => _target;
        set => _target = value;
    }

    /// <summary>What happens to those who connect from now on.</summary>
    public Door Door { get; set; }

    /// <summary>How many have connected so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many connections are open now, half-open ones too.</summary>
    public int Open => _open.Count;

    /// <summary>Starts one in front of <paramref name="server"/>, an http address of this machine.</summary>
    /// <param name="server">The server, as <c>http://127.0.0.1:5080</c>.</param>
    /// <param name="plan">What happens to each connection, by its number from 0; null: nothing, until <see cref="Cut"/>.</param>
    /// <param name="maxConnections">Connections open at once; more are reset.</param>
    /// <param name="time">For delays and rates.</param>
    public static FaultProxy Start(Uri server, Func<int, FaultPlan>? plan = null, int maxConnections = 1000, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        var target = new IPEndPoint(IPAddress.Parse(server.IdnHost), server.Port);
        return IPAddress.IsLoopback(target.Address)
            ? new FaultProxy(target, plan ?? (_ => FaultPlan.None), maxConnections, time ?? TimeProvider.System)
            : throw new ArgumentException($"'{server}' is not on this machine: this proxy serves nothing else.", nameof(server));
    }

    /// <summary>Ends every open connection; those to come are not concerned.</summary>
    public void Cut(CutKind kind)
    {
        foreach (var connection in _open.Keys)
        {
            connection.Cut(kind);
        }
    }

    /// <summary>Resets what is open and returns when all of it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_open.Values);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException && _stop.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException)
            {
                continue; // accept(2): whoever it was has gone again
            }

            Serve(client);
        }
    }

    private void Serve(Socket client)
    {
        client.NoDelay = true;
        var plan = _plan(Interlocked.Increment(ref _accepted) - 1);
        var connection = new ProxiedConnection(client, plan, _time);
        if (Door == Door.Refuses || _open.Count >= _maxConnections)
        {
            connection.Cut(CutKind.Reset);
        }
        else if (Door == Door.Silent)
        {
            connection.Cut(CutKind.Silence);
        }

        var running = new Task<Task>(() => RunAsync(connection));
        _open[connection] = running.Unwrap();
        running.Start(TaskScheduler.Default);
    }

    private async Task RunAsync(ProxiedConnection connection)
    {
        try
        {
            await connection.RunAsync(_target, _stop.Token);
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    }
}
