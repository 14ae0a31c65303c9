using System.IO.Pipelines;
using System.Net;
using CcSignal.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.MessagePack.Tests;

/// <summary>
/// SignalR's own server, with our protocol, at one end of a pair of pipes. At the other end stands SignalR's own client, or whoever
/// writes bytes.
/// </summary>
internal sealed class HubConversation : IConnectionFactory, IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DefaultConnectionContext _client;
    private readonly DefaultConnectionContext _server;

    public HubConversation()
    {
        var toServer = new Pipe();
        var toClient = new Pipe();
        _client = new DefaultConnectionContext("client", new Duplex(toClient.Reader, toServer.Writer), new Duplex(toServer.Reader, toClient.Writer));
        _server = new DefaultConnectionContext("server", new Duplex(toServer.Reader, toClient.Writer), new Duplex(toClient.Reader, toServer.Writer));
        var services = new ServiceCollection();
        services.AddLogging().AddSignalR(options =>
        {
            options.MaximumReceiveMessageSize = Limits.MaxMessageBytes;
            options.MaximumParallelInvocationsPerClient = 2; // A method that asks its caller waits for the answer beside it.
        }).AddCcSignalMessagePackProtocol();
        _services = services.BuildServiceProvider();
        Served = Task.Run(() => _services.GetRequiredService<HubConnectionHandler<EchoHub>>().OnConnectedAsync(_server));
    }

    /// <summary>Ends when the server has ended the connection, or seen its end.</summary>
    public Task Served { get; }

    /// <summary>The client's end, for bytes.</summary>
    public IDuplexPipe Bytes => _client.Transport;

    public async Task<HubConnection> ConnectAsync()
    {
        var builder = new HubConnectionBuilder();
        builder.AddCcSignalMessagePackProtocol();
        builder.Services.AddSingleton<IConnectionFactory>(this);
        builder.Services.AddSingleton<EndPoint>(new IPEndPoint(IPAddress.Loopback, 0));
        var connection = builder.Build();
        await connection.StartAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    ValueTask<ConnectionContext> IConnectionFactory.ConnectAsync(EndPoint endPoint, CancellationToken cancellationToken) => new(_client);

    public async ValueTask DisposeAsync()
    {
        await _client.Transport.Output.CompleteAsync();
        await _client.Transport.Input.CompleteAsync();
        await Served;
        await _services.DisposeAsync();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
