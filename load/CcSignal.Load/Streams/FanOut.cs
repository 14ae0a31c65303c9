using System.Diagnostics;
using System.Security.Cryptography;
using CcSignal.Client;
using CcSignal.Contracts;

namespace CcSignal.Load.Streams;

/// <summary>Many followers of one execution, live and again after its end: all must get the same bytes. Tells what a delivered piece costs the server.</summary>
internal static class FanOut
{
    /// <summary>Follows a command live, then its recording.</summary>
    /// <param name="server">The server.</param>
    /// <param name="followers">How many at once.</param>
    /// <param name="command">What it runs when everybody is there: words of a shell.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<(Delivery Live, Delivery Replay)> MeasureAsync(StreamedServer server, int followers, string command, CancellationToken cancellationToken)
    {
        var clients = await server.ConnectForAsync(followers, cancellationToken);
        var request = new ExecutionRequest { Command = "/bin/sh", Arguments = ["-c", $"read go; exec {command}"], Input = InputMode.Open };
        var id = (await clients[0].StartAsync(request, cancellationToken)).Id;
        var live = await DeliverAsync(server, clients, id, begin: () => clients[0].WriteAsync(id, 0, "go\n"u8.ToArray(), cancellationToken), cancellationToken);
        var replay = await DeliverAsync(server, clients, id, begin: () => Task.CompletedTask, cancellationToken);
        return live.Sha256 == replay.Sha256 ? (live, replay) : throw new InvalidOperationException("The recording is not what was seen live.");
    }

    private static async Task<Delivery> DeliverAsync(
        StreamedServer server, IReadOnlyList<CcSignalClient> clients, string id, Func<Task> begin, CancellationToken cancellationToken)
    {
        using var present = new CountdownEvent(clients.Count);
        var readers = clients.Select(client => Task.Run(() => ReadAsync(client, id, present, cancellationToken), cancellationToken)).ToArray();
        await Task.Run(() => present.Wait(cancellationToken), cancellationToken);
        var (used, began) = (server.Use.CpuTime, Stopwatch.GetTimestamp());
        await begin();
        var readings = await Task.WhenAll(readers);
        var (cpu, took) = (server.Use.CpuTime - used, Stopwatch.GetElapsedTime(began));
        return readings.Select(reading => reading.Sha256).Distinct().Count() == 1
            ? new Delivery(readings.Sum(reading => reading.Bytes), readings.Sum(reading => reading.Events), cpu, took, readings[0].Sha256)
            : throw new InvalidOperationException("Not all followers got the same bytes.");
    }

    private static async Task<(long Bytes, long Events, string Sha256)> ReadAsync(
        CcSignalClient client, string id, CountdownEvent present, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (bytes, events) = (0L, 0L);
        await foreach (var item in client.FollowAsync(id, cancellationToken: cancellationToken))
        {
            if (item.Kind == EventKind.Snapshot)
            {
                present.Signal();
            }
            else if (item.Kind == EventKind.Output)
            {
                hash.AppendData(item.Data!.Value.Span);
                bytes += item.Data.Value.Length;
                events++;
            }
        }

        return (bytes, events, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>What reached all followers together, and what it cost the server.</summary>
    internal sealed record Delivery(long Bytes, long Events, TimeSpan CpuTime, TimeSpan Took, string Sha256)
    {
        public double BytesPerEvent => (double)Bytes / Events;

        public double CpuMillisecondsPerMegabyte => CpuTime.TotalMilliseconds / (Bytes / 1e6);

        public double CpuMicrosecondsPerEvent => CpuTime.TotalMicroseconds / Events;

        public double MegabytesPerSecond => Bytes / 1e6 / Took.TotalSeconds;
    }
}
