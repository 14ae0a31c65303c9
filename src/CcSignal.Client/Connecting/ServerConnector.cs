using System.Net;
using CcSignal.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.Client.Connecting;

/// <summary>Builds the hub connection that options describe, and brings it up.</summary>
internal sealed class ServerConnector
{
    private readonly ServerAddress _server;
    private readonly TimeSpan _timeout;

    public ServerConnector(CcSignalClientOptions options)
    {
        _server = ServerAddress.Find(options, Environment.GetEnvironmentVariable);
        _timeout = options.ConnectTimeout;
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(_server.Hub));
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(
            _server, options.Format == WireFormat.Json ? TransferFormat.Text : TransferFormat.Binary));
        if (options.LoggerFactory is { } loggers)
        {
            builder.Services.AddSingleton(loggers);
        }

        if (options.Format == WireFormat.Json)
        {
            builder.AddJsonProtocol(json => WireJson.Configure(json.PayloadSerializerOptions));
        }
        else
        {
            builder.AddCcSignalMessagePackProtocol();
        }

        Connection = builder.Build();
        Connection.ServerTimeout = options.ServerTimeout;
        Connection.KeepAliveInterval = TimeSpan.FromSeconds(Defaults.HeartbeatSeconds);
    }

    /// <summary>The connection; not started until <see cref="ConnectAsync"/>.</summary>
    public HubConnection Connection { get; }

    /// <summary>The server.</summary>
    public Uri Url => _server.Url;

    /// <summary>Brings the connection up.</summary>
    /// <exception cref="ConnectFailedException">It did not come up.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_timeout);
        try
        {
            await Connection.StartAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException error)
        {
            throw Failed(ConnectFailure.Unreachable, $"nothing answered in {_timeout.TotalSeconds:0.#} s.", error);
        }
        catch (IOException error)
        {
            throw Failed(ConnectFailure.Unreachable, $"it broke before it was up ({error.Message.TrimEnd('.')}).", error);
        }
        catch (Exception error) when (error is HubException or InvalidOperationException or InvalidDataException)
        {
            // The WebSocket is up, but what answers does not shake hands as a hub.
            throw Failed(ConnectFailure.NotCcSignal, $"it does not answer as a CcSignal server does ({error.Message}).", error);
        }
    }

    private ConnectFailedException Failed(ConnectFailure reason, string sentence, Exception error) =>
        new(_server.Url, reason, $"Cannot connect to {_server.Url}: {sentence}", error);
}
