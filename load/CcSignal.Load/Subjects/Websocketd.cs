using System.Diagnostics;
using System.Net.WebSockets;

namespace CcSignal.Load.Subjects;

/// <summary>websocketd: a process for each WebSocket connection, its output as messages. It serves one command, so each work starts it anew.</summary>
internal sealed class Websocketd(string executable) : IServedSubject
{
    private const int BufferBytes = 64 * 1024;

    private WebsocketdServing? _server;

    public string Name => "websocketd";

    public int MostHeld => 500;

    public async Task PrepareAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        await DisposeAsync();
        _server = await WebsocketdServing.StartAsync(executable, command, cancellationToken);
    }

    public async Task<Reading> ReadAsync(IReadOnlyList<string> command, CancellationToken cancellationToken, Action<ReadOnlyMemory<byte>>? seen = null)
    {
        var start = Stopwatch.GetTimestamp();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(_server!.Url, cancellationToken);
        var buffer = new byte[BufferBytes];
        TimeSpan? firstByte = null;
        long bytes = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken) is { MessageType: not WebSocketMessageType.Close } piece)
            {
                firstByte ??= Stopwatch.GetElapsedTime(start);
                bytes += piece.Count;
                seen?.Invoke(buffer.AsMemory(0, piece.Count));
            }
        }
        catch (WebSocketException exception) when (exception.WebSocketErrorCode == WebSocketError.ConnectionClosedPrematurely)
        {
            // Its only way to say that the command has ended, however that was. Whether all came, the one who counts must see.
        }

        return new Reading(bytes, firstByte, Stopwatch.GetElapsedTime(start));
    }

    public async Task<IServing> ServeAsync(int executions, CancellationToken cancellationToken) =>
        await WebsocketdServing.StartAsync(executable, IdleCommand.Words, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _server = null;
    }
}
