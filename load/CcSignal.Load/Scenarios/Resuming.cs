using System.Diagnostics;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios;

/// <summary>Follows an execution over every interruption, from the byte after the last one seen. One observer sees it all, so that nothing can be lost or come twice unseen.</summary>
internal static class Resuming
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <returns>What was seen, and how often it was interrupted.</returns>
    public static async Task<(Observation Seen, int Interruptions)> FollowAsync(
        Bench bench, Uri by, string id, Action<long>? progress, CancellationToken cancellationToken)
    {
        using var observer = new StreamObserver(id);
        var interruptions = 0;
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var client = await bench.ConnectAsync(by, cancellationToken);
                var ended = false;
                await foreach (var item in client.Client.FollowAsync(id, new FollowOptions { FromSequence = observer.Sequence + 1 }, cancellationToken))
                {
                    observer.Add(item);
                    since = Stopwatch.GetTimestamp();
                    ended |= item.Kind == EventKind.Ended;
                    progress?.Invoke(observer.StdoutBytes);
                }

                if (ended)
                {
                    return (observer.Close(), interruptions);
                }
            }
            catch (Exception error) when (error is CcSignalException or IOException && Stopwatch.GetElapsedTime(since) < Bench.Patience)
            {
                // An interruption is what this is about; one that lasts is an error.
            }

            interruptions++;
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }
}
