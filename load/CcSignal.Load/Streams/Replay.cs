using System.Diagnostics;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Load.Compare;
using CcSignal.Load.Subjects;

namespace CcSignal.Load.Streams;

/// <summary>A recording read again from its first byte, in turns with websocketd moving as much from a command that runs.</summary>
internal static class Replay
{
    /// <summary>MB/s of both, once per round; those of websocketd are null where it is not installed.</summary>
    public static async Task<(Figures Recording, Figures? Websocketd)> MeasureAsync(StreamedServer server, long bytes, int rounds, CancellationToken cancellationToken)
    {
        string[] command = [Programs.Child, "flood", $"{bytes}"];
        var client = await server.ConnectAsync(cancellationToken);
        var id = (await client.StartAsync(new ExecutionRequest { Command = command[0], Arguments = command[1..] }, cancellationToken)).Id;
        await ReadAsync(client, id, bytes, cancellationToken); // recorded, and the runtime has compiled what reads it

        await using var websocketd = Programs.Installed("websocketd") is { } executable ? new Websocketd(executable) : null;
        var (recording, others) = (new Figures(), websocketd is null ? null : new Figures());
        await (websocketd?.PrepareAsync(command, cancellationToken) ?? Task.CompletedTask);
        for (var round = 0; round < rounds; round++)
        {
            recording.Add(await ReadAsync(client, id, bytes, cancellationToken));
            if (websocketd is not null)
            {
                var reading = await websocketd.ReadAsync(command, cancellationToken);
                others!.Add(Speed(reading.Bytes, bytes, reading.Total));
            }
        }

        return (recording, others);
    }

    private static async Task<double> ReadAsync(CcSignalClient client, string id, long bytes, CancellationToken cancellationToken)
    {
        var (began, received) = (Stopwatch.GetTimestamp(), 0L);
        await foreach (var item in client.FollowAsync(id, cancellationToken: cancellationToken))
        {
            received += item.Kind == EventKind.Output ? item.Data!.Value.Length : 0;
        }

        return Speed(received, bytes, Stopwatch.GetElapsedTime(began));
    }

    private static double Speed(long received, long expected, TimeSpan took) => received == expected
        ? received / 1e6 / took.TotalSeconds
        : throw new InvalidOperationException($"{received} of {expected} bytes came.");
}
