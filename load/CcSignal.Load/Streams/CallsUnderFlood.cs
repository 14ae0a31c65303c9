using System.Diagnostics;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Load.Compare;

namespace CcSignal.Load.Streams;

/// <summary>Calls on a connection whose streams all flood: how long an answer takes.</summary>
internal static class CallsUnderFlood
{
    private const string Endless = "1000000000000";

    /// <summary>Milliseconds of so many <c>Get</c>, and of the <c>Cancel</c> of each stream.</summary>
    public static async Task<(Figures Gets, Figures Cancels)> MeasureAsync(StreamedServer server, int streams, int calls, CancellationToken cancellationToken)
    {
        var client = await server.ConnectAsync(cancellationToken);
        var ids = Enumerable.Range(0, streams).Select(_ => Guid.CreateVersion7().ToString("N")).ToArray();
        using var flowing = new CountdownEvent(streams);
        var readers = ids.Select(id => Task.Run(() => FollowAsync(client, id, flowing, cancellationToken), cancellationToken)).ToArray();
        await Task.Run(() => flowing.Wait(cancellationToken), cancellationToken);
        var gets = new Figures();
        for (var call = 0; call < calls; call++)
        {
            gets.Add(await TimeAsync(() => client.GetAsync(ids[call % streams], cancellationToken)));
        }

        var cancels = new Figures();
        foreach (var id in ids)
        {
            cancels.Add(await TimeAsync(() => client.CancelAsync(id, cancellationToken: cancellationToken)));
        }

        await Task.WhenAll(readers);
        return (gets, cancels);
    }

    private static async Task FollowAsync(CcSignalClient client, string id, CountdownEvent flowing, CancellationToken cancellationToken)
    {
        var request = new ExecutionRequest { Id = id, Command = Programs.Child, Arguments = ["flood", Endless] };

        // Once cancelled, what is recorded and not read yet may be gigabytes: nobody waits for that.
        var isFlowing = false;
        await foreach (var item in client.RunAsync(request, new FollowOptions { Mode = FollowMode.Tail }, cancellationToken))
        {
            if (item.Kind == EventKind.Output && !isFlowing)
            {
                isFlowing = flowing.Signal() || true;
            }
        }
    }

    private static async Task<double> TimeAsync(Func<Task> call)
    {
        var began = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
