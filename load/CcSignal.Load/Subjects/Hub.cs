using System.Diagnostics;
using CcSignal.Client;
using CcSignal.Contracts;

namespace CcSignal.Load.Subjects;

/// <summary>CcSignal as a client meets it: a server process of its own, the .NET client, the messagepack hub protocol, one connection.</summary>
internal sealed class Hub : ISubject
{
    private readonly ServerUnderLoad _server;
    private readonly CcSignalClient _client;

    private Hub(ServerUnderLoad server, CcSignalClient client)
    {
        _server = server;
        _client = client;
    }

    public string Name => "hub";

    public static async Task<Hub> StartAsync(CancellationToken cancellationToken)
    {
        var server = await ServerUnderLoad.StartAsync(cancellationToken);
        try
        {
            var client = await CcSignalClient.ConnectAsync(new CcSignalClientOptions { Url = server.Url, Token = server.Token }, cancellationToken);
            return new Hub(server, client);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public Task PrepareAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Reading> ReadAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        TimeSpan? firstByte = null;
        long bytes = 0;
        ExecutionInfo? info = null;
        await foreach (var item in _client.RunAsync(new ExecutionRequest { Command = command[0], Arguments = [.. command.Skip(1)] }, cancellationToken: cancellationToken))
        {
            if (item.Kind == EventKind.Output && item.Stream == OutputStream.Stdout)
            {
                firstByte ??= Stopwatch.GetElapsedTime(start);
                bytes += item.Data!.Value.Length;
            }

            info = item.Info ?? info;
        }

        var total = Stopwatch.GetElapsedTime(start);
        return info?.End is { Cause: EndCause.Exited, ExitCode: 0 } && info.StdoutBytes == bytes
            ? new Reading(bytes, firstByte, total)
            : throw new InvalidOperationException($"'{command[0]}' gave {bytes} of {info?.StdoutBytes} bytes and ended as {info?.End}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }
}
