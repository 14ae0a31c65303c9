using System.Diagnostics;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Subjects;

/// <summary>CcSignal as a client meets it: the server of this run, the .NET client, one connection. Owns the connection.</summary>
internal sealed class Hub : IServedSubject
{
    private readonly BenchClient _client;
    private readonly WireFormat _format;

    private Hub(BenchClient client, WireFormat format) => (_client, _format) = (client, format);

    public string Name => "hub";

    public int MostHeld => 1000;

    public static async Task<Hub> ConnectAsync(Bench bench, CancellationToken cancellationToken) => new(await bench.ConnectAsync(cancellationToken), bench.Options.Format);

    public Task PrepareAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Reading> ReadAsync(IReadOnlyList<string> command, CancellationToken cancellationToken, Action<ReadOnlyMemory<byte>>? seen = null)
    {
        var start = Stopwatch.GetTimestamp();
        TimeSpan? firstByte = null;
        long bytes = 0;
        ExecutionInfo? info = null;
        await foreach (var item in _client.Client.RunAsync(new ExecutionRequest { Command = command[0], Arguments = [.. command.Skip(1)] }, cancellationToken: cancellationToken))
        {
            if (item.Kind == EventKind.Output && item.Stream == OutputStream.Stdout)
            {
                firstByte ??= Stopwatch.GetElapsedTime(start);
                bytes += item.Data!.Value.Length;
                seen?.Invoke(item.Data.Value);
            }

            info = item.Info ?? info;
        }

        var total = Stopwatch.GetElapsedTime(start);
        return info?.End is { Cause: EndCause.Exited, ExitCode: 0 } && info.StdoutBytes == bytes
            ? new Reading(bytes, firstByte, total)
            : throw new InvalidOperationException($"'{command[0]}' gave {bytes} of {info?.StdoutBytes} bytes and ended as {info?.End}.");
    }

    public async Task<IServing> ServeAsync(int executions, CancellationToken cancellationToken) => await HubServing.StartAsync(executions, _format, cancellationToken);

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
