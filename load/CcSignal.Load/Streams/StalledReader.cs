using System.Diagnostics;
using CcSignal.Contracts;

namespace CcSignal.Load.Streams;

/// <summary>A flood with one follower who reads nothing and one at full speed: how fast the second is, and how much memory the first costs.</summary>
internal static class StalledReader
{
    /// <summary>The speed of the second with and without the first, and how far the server's memory grew at its peak.</summary>
    public static async Task<(double Alone, double Beside, long Growth)> MeasureAsync(StreamedServer server, long bytes, CancellationToken cancellationToken)
    {
        var alone = await ReadAsync(server, bytes, stalled: false, cancellationToken);
        var before = server.Use.ResidentBytes;
        var beside = await ReadAsync(server, bytes, stalled: true, cancellationToken);
        return (alone, beside, Math.Max(0, server.Use.PeakBytes - before));
    }

    private static async Task<double> ReadAsync(StreamedServer server, long bytes, bool stalled, CancellationToken cancellationToken)
    {
        var client = await server.ConnectAsync(cancellationToken);
        var request = new ExecutionRequest { Id = Guid.CreateVersion7().ToString("N"), Command = Programs.Child, Arguments = ["flood", $"{bytes}"] };
        var began = Stopwatch.GetTimestamp();
        await client.StartAsync(request, cancellationToken);

        // It takes the first piece of its window and asks for no other.
        await using var reader = client.FollowAsync(request.Id, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (stalled && await reader.MoveNextAsync() && reader.Current.Kind != EventKind.Output)
        {
        }

        var received = 0L;
        await foreach (var item in client.FollowAsync(request.Id, cancellationToken: cancellationToken))
        {
            received += item.Kind == EventKind.Output ? item.Data!.Value.Length : 0;
        }

        return received == bytes
            ? bytes / 1e6 / Stopwatch.GetElapsedTime(began).TotalSeconds
            : throw new InvalidOperationException($"{received} of {bytes} bytes came.");
    }
}
