using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CcSignal.Contracts;

namespace CcSignal.Server.Tests;

/// <summary>A hub's client by hand, over a plain WebSocket and JSON: it sends what a test says and nothing else, no ping either.</summary>
internal sealed class HubSocket : IDisposable
{
    private const char End = '\u001e';
    private readonly ClientWebSocket _socket = new();
    private readonly Queue<JsonElement> _received = new();
    private readonly StringBuilder _partial = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    /// <summary>Connects and shakes hands.</summary>
    public static async Task<HubSocket> OpenAsync(RunningServer server, string? token = RunningServer.Administrator)
    {
        var socket = new HubSocket();
        (await socket.ConnectAsync(server, "", token is null ? [] : [("Authorization", $"Bearer {token}")])).ShouldBe(HttpStatusCode.SwitchingProtocols);
        await socket.ShakeHandsAsync();
        return socket;
    }

    /// <summary>Connects to the real hub of a server, and shakes hands.</summary>
    public static async Task<HubSocket> OpenAsync(Uri server, string token)
    {
        var socket = new HubSocket();
        (await socket.ConnectAsync(new Uri(server, Defaults.HubPath), "", ("Authorization", $"Bearer {token}"))).ShouldBe(HttpStatusCode.SwitchingProtocols);
        await socket.ShakeHandsAsync();
        return socket;
    }

    /// <summary>Tries to connect and returns the answer's status; 101 is success.</summary>
    public Task<HttpStatusCode> ConnectAsync(RunningServer server, string query, params (string Name, string Value)[] headers) =>
        ConnectAsync(new Uri(server.Url, RunningServer.Probe), query, headers);

    private async Task<HttpStatusCode> ConnectAsync(Uri hub, string query, params (string Name, string Value)[] headers)
    {
        _socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
        {
            _socket.Options.SetRequestHeader(name, value);
        }

        try
        {
            await _socket.ConnectAsync(new UriBuilder(hub) { Scheme = "ws", Query = query }.Uri, Cancelled);
        }
        catch (WebSocketException) when (_socket.HttpStatusCode != default)
        {
            // The status tells.
        }

        return _socket.HttpStatusCode;
    }

    public async Task ShakeHandsAsync()
    {
        await SendAsync("""{"protocol":"json","version":1}""");
        (await ReceiveAsync())!.Value.TryGetProperty("error", out _).ShouldBeFalse();
    }

    public Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, endOfMessage: true, Cancelled);

    public Task InvokeAsync(string method, string id, params object[] arguments) => CallAsync(1, method, id, arguments);

    public Task StreamAsync(string method, string id, params object[] arguments) => CallAsync(4, method, id, arguments);

    public Task CancelAsync(string id) => SendAsync(JsonSerializer.Serialize(new { type = 5, invocationId = id }));

    /// <summary>The next message; null when the connection has ended.</summary>
    public async Task<JsonElement?> ReceiveAsync()
    {
        while (_received.Count == 0)
        {
            if (!await ReadAsync())
            {
                return null;
            }
        }

        return _received.Dequeue();
    }

    /// <summary>The next message that is no ping of the server.</summary>
    public async Task<JsonElement?> ReceiveMessageAsync()
    {
        JsonElement? message;
        do
        {
            message = await ReceiveAsync();
        }
        while (message is { } ping && ping.TryGetProperty("type", out var type) && type.GetInt32() == 6);
        return message;
    }

    /// <summary>The error of the completion that comes next; null for success.</summary>
    public async Task<string?> ReceiveCompletionAsync()
    {
        var message = (await ReceiveMessageAsync())!.Value;
        message.GetProperty("type").GetInt32().ShouldBe(3);
        return message.TryGetProperty("error", out var error) ? error.GetString() : null;
    }

    public void Dispose() => _socket.Dispose();

    private Task CallAsync(int type, string method, string id, object[] arguments) =>
        SendAsync(JsonSerializer.Serialize(new { type, invocationId = id, target = method, arguments }));

    private async Task<bool> ReadAsync()
    {
        ValueWebSocketReceiveResult result;
        try
        {
            result = await _socket.ReceiveAsync(_buffer.AsMemory(), Cancelled);
        }
        catch (WebSocketException)
        {
            return false;
        }

        if (result.MessageType == WebSocketMessageType.Close)
        {
            return false;
        }

        _partial.Append(Encoding.UTF8.GetString(_buffer, 0, result.Count));
        var parts = _partial.ToString().Split(End);
        _partial.Clear().Append(parts[^1]);
        foreach (var part in parts[..^1])
        {
            _received.Enqueue(JsonDocument.Parse(part).RootElement.Clone());
        }

        return true;
    }
}
