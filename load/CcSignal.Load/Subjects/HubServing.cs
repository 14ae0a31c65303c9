using System.Globalization;
using CcSignal.Client;
using CcSignal.Contracts;

namespace CcSignal.Load.Subjects;

/// <summary>A server of CcSignal with commands and connections that do nothing; its keeper counts with it.</summary>
internal sealed class HubServing : IServing
{
    private const int AtOnce = 16;
    private static readonly string[] Idle = ["-c", "echo ready; exec sleep 3600"];

    private readonly ServerUnderLoad _server;
    private readonly WireFormat _format;
    private readonly List<CcSignalClient> _clients = [];

    private HubServing(ServerUnderLoad server, WireFormat format) => (_server, _format) = (server, format);

    public long MemoryBytes => ServedMemory.Of(_server.ProcessId);

    public static async Task<HubServing> StartAsync(int executions, WireFormat format, CancellationToken cancellationToken)
    {
        var serving = new HubServing(await ServerUnderLoad.StartAsync(
            cancellationToken, ("CcSignal__Admission__MaxRunning", (executions + AtOnce).ToString(CultureInfo.InvariantCulture))), format);
        try
        {
            await serving.AddConnectionsAsync(1, cancellationToken);
            return serving;
        }
        catch
        {
            await serving.DisposeAsync();
            throw;
        }
    }

    public Task AddExecutionsAsync(int count, CancellationToken cancellationToken) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (_, token) =>
        {
            var request = new ExecutionRequest { Id = Guid.CreateVersion7().ToString("N"), Command = "/bin/sh", Arguments = Idle };
            await _clients[0].RunAsync(request, cancellationToken: token).FirstAsync(item => item.Kind == EventKind.Output, token);
        });

    public async Task AddConnectionsAsync(int count, CancellationToken cancellationToken)
    {
        for (var number = 0; number < count; number++)
        {
            _clients.Add(await CcSignalClient.ConnectAsync(new CcSignalClientOptions { Url = _server.Url, Token = _server.Token, Format = _format }, cancellationToken));
        }
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
