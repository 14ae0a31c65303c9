using System.Diagnostics;
using CcSignal.Client;
using CcSignal.Contracts;

namespace CcSignal.Load.Streams;

/// <summary>A flood with one follower who reads nothing and some at full speed: how fast these are, and how much memory the first costs.</summary>
internal static class StalledReader
{
    private const int ShareAlone = 10;

    /// <summary>
    /// What all readers at full speed got together, in MB/s, with the stalled one beside them and (of a tenth of the bytes) without; and how far the
    /// server's memory grew at its peak.
    /// </summary>
    public static async Task<(double Alone, double Beside, long Growth)> MeasureAsync(
        StreamedServer server, long bytes, int readers, CancellationToken cancellationToken)
    {
        var alone = await ReadAsync(server, bytes / ShareAlone, readers, stalled: false, cancellationToken);
        var before = server.Use.ResidentBytes;
        var beside = await ReadAsync(server, bytes, readers, stalled: true, cancellationToken);
        return (alone, beside, Math.Max(0, server.Use.PeakBytes - before));
    }

    private static async Task<double> ReadAsync(StreamedServer server, long bytes, int readers, bool stalled, CancellationToken cancellationToken)
    {
        var clients = new List<CcSignalClient>();
        while (clients.Count < readers)
        {
            clients.Add(await server.ConnectAsync(cancellationToken));
        }

        var request = new ExecutionRequest { Id = Guid.CreateVersion7().ToString("N"), Command = Programs.Child, Arguments = ["flood", $"{bytes}"] };
        var began = Stopwatch.GetTimestamp();
        await clients[0].StartAsync(request, cancellationToken);

        // It takes the first piece of its window and asks for no other. It shares its connection with one of the others.
        await using var reader = clients[0].FollowAsync(request.Id, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (stalled && await reader.MoveNextAsync() && reader.Current.Kind != EventKind.Output)
        {
        }

        var received = await Task.WhenAll(clients.Select(client => Task.Run(() => ReadAllAsync(client, request.Id, cancellationToken), cancellationToken)));
        return received.All(got => got == bytes)
            ? received.Sum() / 1e6 / Stopwatch.GetElapsedTime(began).TotalSeconds
            : throw new InvalidOperationException($"Of {bytes} bytes came {string.Join(", ", received)}.");
    }

    private static async Task<long> ReadAllAsync(CcSignalClient client, string id, CancellationToken cancellationToken)
    {
        var received = 0L;
        await foreach (var item in client.FollowAsync(id, cancellationToken: cancellationToken))
        {
            received += item.Kind == EventKind.Output ? item.Data!.Value.Length : 0;
        }

        return received;
    }
}
