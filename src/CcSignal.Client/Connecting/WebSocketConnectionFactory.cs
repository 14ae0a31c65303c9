using System.Net;
using System.Net.WebSockets;
using CcSignal.Contracts;
using Microsoft.AspNetCore.Connections;

namespace CcSignal.Client.Connecting;

/// <summary>
/// Connects a hub connection straight to a WebSocket, without negotiation: the part of <c>Microsoft.AspNetCore.Http.Connections.Client</c>
/// that is needed here.
/// </summary>
internal sealed class WebSocketConnectionFactory(ServerAddress server, TransferFormat format) : IConnectionFactory
{
    /// <inheritdoc/>
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = TimeSpan.Zero; // The hub connection pings, and notices silence, itself.
        if (server.IsLocal)
        {
            socket.Options.Proxy = null;
        }

        if (server.Token is { } token)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        }

        try
        {
            await socket.ConnectAsync(WebSocketUrl(), cancellationToken).ConfigureAwait(false);
            return new WebSocketConnection(socket, format);
        }
        catch (WebSocketException error)
        {
            using (socket)
            {
                throw Explain(socket.HttpStatusCode, error);
            }
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Uri WebSocketUrl() => new UriBuilder(server.Hub) { Scheme = server.Url.Scheme == "https" ? "wss" : "ws" }.Uri;

    private ConnectFailedException Explain(HttpStatusCode status, WebSocketException error) => status switch
    {
        0 => Failed(ConnectFailure.Unreachable, $"nothing answers there ({error.GetBaseException().Message}). Is the server running?", error),
        HttpStatusCode.Unauthorized when server.Token is null =>
            Failed(ConnectFailure.Unauthorized, $"it wants a token and none was found. Set {Defaults.TokenVariable}{FileHint()}.", error),
        HttpStatusCode.Unauthorized =>
            Failed(ConnectFailure.Unauthorized, $"it does not know the token. Set {Defaults.TokenVariable} to one it knows.", error),
        HttpStatusCode.Forbidden => Failed(ConnectFailure.Forbidden, "it refuses this caller or this address (HTTP 403).", error),
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests =>
            Failed(ConnectFailure.Unavailable, $"it takes no connection now (HTTP {(int)status}). Try again later.", error),
        _ => Failed(ConnectFailure.NotCcSignal, $"it does not answer as a CcSignal server does (HTTP {(int)status} at {Defaults.HubPath}).", error),
    };

    private ConnectFailedException Failed(ConnectFailure reason, string sentence, Exception error) =>
        new(server.Url, reason, $"Cannot connect to {server.Url}: {sentence}", error);

    private string FileHint() => server.TokenFile is { } file ? $", or make {file} readable" : "";
}
