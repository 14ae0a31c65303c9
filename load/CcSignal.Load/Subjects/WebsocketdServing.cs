using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;

namespace CcSignal.Load.Subjects;

/// <summary>websocketd with one command. A connection there is a command: it cannot have one without the other, so both cost the same.</summary>
internal sealed class WebsocketdServing : IServing
{
    private readonly Process _process;
    private readonly List<ClientWebSocket> _sockets = [];

    private WebsocketdServing(Process process, int port) => (_process, Url) = (process, new Uri($"ws://127.0.0.1:{port}/"));

    public Uri Url { get; }

    public long MemoryBytes => ServedMemory.Of(_process.Id);

    public static async Task<WebsocketdServing> StartAsync(string executable, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var port = LocalPort.Free();
        string[] options = ["--address=127.0.0.1", $"--port={port.ToString(CultureInfo.InvariantCulture)}", "--binary=true", "--loglevel=fatal"];
        var serving = new WebsocketdServing(Process.Start(new ProcessStartInfo(executable, options.Concat(command)))!, port);
        try
        {
            await LocalPort.ListensAsync(port, cancellationToken);
            return serving;
        }
        catch
        {
            await serving.DisposeAsync();
            throw;
        }
    }

    public async Task AddExecutionsAsync(int count, CancellationToken cancellationToken)
    {
        for (var number = 0; number < count; number++)
        {
            var socket = new ClientWebSocket();
            _sockets.Add(socket);
            await socket.ConnectAsync(Url, cancellationToken);
            await socket.ReceiveAsync(new byte[64].AsMemory(), cancellationToken); // its command runs
        }
    }

    public Task AddConnectionsAsync(int count, CancellationToken cancellationToken) => AddExecutionsAsync(count, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        _process.Kill(); // the input of its commands ends with it
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
