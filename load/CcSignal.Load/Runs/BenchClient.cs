using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Load.Health;
using CcSignal.Load.Observing;

namespace CcSignal.Load.Runs;

/// <summary>A connection whose streams are observed. Owns the client.</summary>
internal sealed class BenchClient : IAsyncDisposable
{
    private readonly Activity _activity;

    public BenchClient(CcSignalClient client, Activity activity)
    {
        (Client, _activity) = (client, activity);
        activity.Connected();
    }

    public CcSignalClient Client { get; }

    /// <summary>Runs a command and observes it to its end.</summary>
    public Task<Observation> RunAsync(
        ExecutionRequest request, CancellationToken cancellationToken, bool keepOutput = false, Action<ExecutionEvent>? seen = null) =>
        ObserveAsync(request.Id!, Client.RunAsync(request, cancellationToken: cancellationToken), keepOutput, seen);

    /// <summary>Follows an execution and observes it to its end.</summary>
    public Task<Observation> FollowAsync(string id, CancellationToken cancellationToken, FollowOptions? options = null, Action<ExecutionEvent>? seen = null) =>
        ObserveAsync(id, Client.FollowAsync(id, options, cancellationToken), keepOutput: false, seen);

    public async ValueTask DisposeAsync()
    {
        _activity.Disconnected();
        await Client.DisposeAsync();
    }

    private async Task<Observation> ObserveAsync(string id, IAsyncEnumerable<ExecutionEvent> events, bool keepOutput, Action<ExecutionEvent>? seen)
    {
        using var observer = new StreamObserver(id, keepOutput);
        _activity.Follows();
        try
        {
            return await observer.ReadAsync(events, seen);
        }
        finally
        {
            _activity.Followed();
        }
    }
}
