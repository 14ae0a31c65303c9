using System.Globalization;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Load.Subjects;

namespace CcSignal.Load.Streams;

/// <summary>A server of its own, and as many connections to it as the streams of a measurement need. Owns them.</summary>
internal sealed class StreamedServer : IAsyncDisposable
{
    private readonly ServerUnderLoad _server;
    private readonly List<CcSignalClient> _clients = [];

    private StreamedServer(ServerUnderLoad server) => _server = server;

    /// <summary>The process that serves.</summary>
    public int ProcessId { get; private set; }

    /// <summary>What it has used so far.</summary>
    public ServerUse Use => ServerUse.Of(ProcessId);

    public static async Task<StreamedServer> StartAsync(int maxRunning, CancellationToken cancellationToken)
    {
        var server = new StreamedServer(await ServerUnderLoad.StartAsync(
            cancellationToken, ("CcSignal__Admission__MaxRunning", maxRunning.ToString(CultureInfo.InvariantCulture))));
        var client = await server.ConnectAsync(cancellationToken);
        server.ProcessId = (await client.DescribeAsync(cancellationToken)).ProcessId;
        return server;
    }

    /// <summary>One more connection.</summary>
    public async Task<CcSignalClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var client = await CcSignalClient.ConnectAsync(new CcSignalClientOptions { Url = _server.Url, Token = _server.Token }, cancellationToken);
        _clients.Add(client);
        return client;
    }

    /// <summary>A connection for each of so many streams, shared by as many as one may have.</summary>
    public async Task<IReadOnlyList<CcSignalClient>> ConnectForAsync(int streams, CancellationToken cancellationToken)
    {
        var connections = new CcSignalClient[((streams - 1) / Limits.MaxStreamsPerConnection) + 1];
        for (var i = 0; i < connections.Length; i++)
        {
            connections[i] = await ConnectAsync(cancellationToken);
        }

        return [.. Enumerable.Range(0, streams).Select(stream => connections[stream % connections.Length])];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _server.DisposeAsync();
    }
}
