using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace CcSignal.Load.Subjects;

/// <summary>websocketd, the nearest relative: a command per WebSocket connection, its output as binary messages. Owns its process.</summary>
internal sealed class Websocketd(string executable) : ISubject
{
    private const int BufferBytes = 64 * 1024;

    private Process? _process;
    private int _port;

    public string Name => "websocketd";

    public async Task PrepareAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        await DisposeAsync();
        _port = FreePort();
        string[] options = ["--address=127.0.0.1", $"--port={_port.ToString(CultureInfo.InvariantCulture)}", "--binary=true", "--loglevel=fatal"];
        _process = Process.Start(new ProcessStartInfo(executable, options.Concat(command)))!;
        await ListeningAsync(cancellationToken);
    }

    public async Task<Reading> ReadAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_port}/"), cancellationToken);
        var buffer = new byte[BufferBytes];
        TimeSpan? firstByte = null;
        long bytes = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken) is { MessageType: not WebSocketMessageType.Close } piece)
            {
                firstByte ??= Stopwatch.GetElapsedTime(start);
                bytes += piece.Count;
            }
        }
        catch (WebSocketException exception) when (exception.WebSocketErrorCode == WebSocketError.ConnectionClosedPrematurely)
        {
            // Its only way to say that the command has ended, however that was. Whether all came, the one who counts must see.
        }

        return new Reading(bytes, firstByte, Stopwatch.GetElapsedTime(start));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }

    // It says nothing when it listens: ask until it answers.
    private async Task ListeningAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
