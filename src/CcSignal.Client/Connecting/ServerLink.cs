using System.Net;
using CcSignal.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.Client.Connecting;

/// <summary>The hub connection, with calls whose errors are this library's. It owns the connection unless a caller brought it.</summary>
internal sealed class ServerLink(HubConnection connection, bool owned) : IAsyncDisposable
{
    /// <summary>Builds the connection that <paramref name="options"/> describe; it is not started.</summary>
    public static (ServerLink Link, ServerAddress Server) Build(CcSignalClientOptions options)
    {
        var server = ServerAddress.Find(options, Environment.GetEnvironmentVariable);
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(server.Hub));
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(
            server, options.Format == WireFormat.Json ? TransferFormat.Text : TransferFormat.Binary));
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

        return (new ServerLink(builder.Build(), owned: true), server);
    }

    /// <summary>Brings the connection up.</summary>
    /// <exception cref="ConnectFailedException">It did not come up.</exception>
    public async Task ConnectAsync(ServerAddress server, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(timeout);
        try
        {
            await connection.StartAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException error)
        {
            throw new ConnectFailedException(
                server.Url, ConnectFailure.Unreachable, $"Cannot connect to {server.Url}: nothing answered in {timeout.TotalSeconds:0.#} s.", error);
        }
        catch (Exception error) when (error is HubException or IOException or InvalidOperationException or InvalidDataException)
        {
            // The WebSocket is up, but what answers does not shake hands as a hub.
            throw new ConnectFailedException(
                server.Url, ConnectFailure.NotCcSignal, $"Cannot connect to {server.Url}: it does not answer as a CcSignal server does ({error.Message}).", error);
        }
    }

    /// <summary>Calls <paramref name="method"/> and waits for its answer.</summary>
    public async Task<T> InvokeAsync<T>(string method, string? executionId, object?[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            return (T)(await connection.InvokeCoreAsync(method, typeof(T), arguments, cancellationToken).ConfigureAwait(false))!;
        }
        catch (Exception error) when (CallErrors.Explain(method, executionId, 0, error, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Tells the server something that has no answer.</summary>
    public Task SendAsync(string method, object?[] arguments, CancellationToken cancellationToken) =>
        connection.SendCoreAsync(method, arguments, cancellationToken);

    /// <summary>The events of a stream as they come; errors are still SignalR's.</summary>
    public IAsyncEnumerable<ExecutionEvent> Stream(string method, object?[] arguments, CancellationToken cancellationToken) =>
        connection.StreamAsyncCore<ExecutionEvent>(method, arguments, cancellationToken);

    /// <summary>The items of a stream that is not one execution's; errors are still SignalR's.</summary>
    public IAsyncEnumerable<T> StreamOf<T>(string method, object?[] arguments, CancellationToken cancellationToken) =>
        connection.StreamAsyncCore<T>(method, arguments, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => owned ? connection.DisposeAsync() : ValueTask.CompletedTask;
}
