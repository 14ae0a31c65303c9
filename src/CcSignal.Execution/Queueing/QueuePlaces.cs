using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CcSignal.Execution.Queueing;

/// <summary>Tells those that wait their places in the queue and when their turn may come, at most once a second. Owns the loop that does.</summary>
internal sealed partial class QueuePlaces(IExecutionStore store, TrackedExecutions tracked, TimeProvider time, ILogger<QueuePlaces> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // With 60,000 waiting it is a twentieth of a processor at most: the longer it takes, the seldomer it is done.
    private const int Rest = 20;

    private readonly Pulse _changed = new();
    private readonly QueuePace _pace = new(time);

    /// <summary>The queue is another now.</summary>
    /// <param name="taken">How many were taken from it to be run.</param>
    public void Changed(int taken = 0)
    {
        _pace.Taken(taken);
        _changed.Fire();
    }

    /// <summary>When the execution at this place will start, Unix milliseconds; null: nobody can know yet.</summary>
    public long? ExpectedStartOf(int? place) => _pace.ExpectedStartOf(place);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var changed = _changed.Next();
                var began = time.GetTimestamp();
                await TellAsync(stoppingToken);
                var rest = time.GetElapsedTime(began) * Rest;
                await changed.WaitAsync(stoppingToken);

                // Most are taken at once: only who still waits then is told.
                await Task.Delay(rest > Period ? rest : Period, time, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops; the queue stays as it is.
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        try
        {
            var order = await store.OrderAsync(cancellationToken);
            _pace.Waiting(order.Count);
            for (var i = 0; i < order.Count; i++)
            {
                if (tracked.TryGet(order[i], out var execution))
                {
                    execution.MoveTo(i + 1, ExpectedStartOf(i + 1));
                }
            }
        }
        catch (StoreException fault)
        {
            Log.NotTold(logger, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2110, LogLevel.Warning, "The places in the queue could not be read; those that wait are told when it changes again.")]
        public static partial void NotTold(ILogger logger, Exception fault);
    }
}
