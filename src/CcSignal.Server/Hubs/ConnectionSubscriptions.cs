using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CcSignal.Contracts;
using CcSignal.Execution;
using CcSignal.Execution.Subscriptions;
using CcSignal.Server.Access;
using Microsoft.AspNetCore.SignalR;

namespace CcSignal.Server.Hubs;

/// <summary>Opens the streams of connections, and brings each acknowledgement to the window of its stream.</summary>
internal sealed class ConnectionSubscriptions(ExecutionService executions)
{
    /// <summary>Starts an execution and follows it from the first byte. The options are checked before anything starts.</summary>
    public async IAsyncEnumerable<ExecutionEvent> RunAsync(
        ExecutionRequest? request, FollowOptions? options, HubCallerContext connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Subscription.Check(options);
        var info = await executions.StartAsync(request, connection.GetCaller());
        await foreach (var item in FollowAsync(info.Id, options, connection, cancellationToken))
        {
            yield return item;
        }
    }

    /// <summary>Follows an execution until its end, or until the stream is left.</summary>
    public async IAsyncEnumerable<ExecutionEvent> FollowAsync(
        string? id, FollowOptions? options, HubCallerContext connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = await executions.FollowAsync(id, options, connection.GetCaller(), cancellationToken);
        var (windows, turns) = StreamsOf(connection);
        subscription.Turns = turns;
        if (!windows.TryAdd(subscription.Name, subscription.Window))
        {
            throw new RefusedException(ErrorCodes.Conflict, $"This connection already has a subscription '{subscription.Name}': choose another name.");
        }

        try
        {
            await foreach (var item in subscription.EventsAsync(cancellationToken))
            {
                yield return item;
            }
        }
        finally
        {
            windows.TryRemove(subscription.Name, out _);
        }
    }

    /// <summary>Everything up to this sequence number was consumed. One for a stream that has just ended is harmless.</summary>
    public static void Acknowledge(HubCallerContext connection, string? subscription, long sequence)
    {
        if (subscription is not null && StreamsOf(connection).Windows.TryGetValue(subscription, out var window))
        {
            window.Acknowledge(sequence);
        }
    }

    /// <summary>Gives a new connection what its streams share.</summary>
    public static void Prepare(HubCallerContext connection) =>
        connection.Items[typeof(Streams)] = new Streams(new ConcurrentDictionary<string, Window>(StringComparer.Ordinal), new Turns());

    private static Streams StreamsOf(HubCallerContext connection) => (Streams)connection.Items[typeof(Streams)]!;

    private sealed record Streams(ConcurrentDictionary<string, Window> Windows, Turns Turns);
}
