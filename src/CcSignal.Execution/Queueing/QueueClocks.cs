using CcSignal.Contracts;
using CcSignal.Execution.Admission;
using CcSignal.Execution.History;
using Microsoft.Extensions.Logging;

namespace CcSignal.Execution.Queueing;

/// <summary>Ends executions that wait: too long, or because somebody asked.</summary>
internal sealed partial class QueueClocks(IExecutionStore store, TrackedExecutions tracked, QueuePlaces places, TimeProvider time, ILogger<QueueClocks> logger)
{
    /// <summary>When its time in the queue is over, Unix milliseconds; null: never.</summary>
    public long? DeadlineOf(ExecutionPlan plan) =>
        plan.QueueTimeout is { } timeout ? (time.GetUtcNow() + timeout).ToUnixTimeMilliseconds() : null;

    /// <summary>Ends it when its time in the queue is over.</summary>
    public void Watch(TrackedExecution execution, ExecutionPlan plan)
    {
        if (plan.QueueTimeout is { } timeout)
        {
            Watch(execution, timeout, timeout);
        }
    }

    /// <summary>The same for one that an earlier server accepted.</summary>
    public void Watch(TrackedExecution execution, long deadline)
    {
        var left = DateTimeOffset.FromUnixTimeMilliseconds(deadline) - time.GetUtcNow();
        var total = DateTimeOffset.FromUnixTimeMilliseconds(deadline) - DateTimeOffset.FromUnixTimeMilliseconds(execution.Status.Info.QueuedAt);
        Watch(execution, left > TimeSpan.Zero ? left : TimeSpan.Zero, total);
    }

    /// <summary>Ends it for this reason if it still waits; false: it was taken, or has ended.</summary>
    public async Task<bool> TryEndAsync(TrackedExecution execution, StopReason reason)
    {
        var final = execution.Snapshot() with
        {
            State = ExecutionState.Ended,
            EndedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            QueuePosition = null,
            ExpectedStartAt = null,
            End = new ExecutionEnd { Cause = reason.Cause, By = reason.By, Message = reason.Message },
        };
        if (execution.Status.Info.State != ExecutionState.Queued || !await store.EndQueuedAsync(execution.Number, final))
        {
            return false;
        }

        execution.Update(_ => final);
        execution.QueueTimer?.Dispose();
        tracked.Remove(execution);
        places.Changed();
        Log.EndedQueued(logger, final.Id, reason.Cause);
        return true;
    }

    private void Watch(TrackedExecution execution, TimeSpan left, TimeSpan total)
    {
        var reason = new StopReason(EndCause.QueueTimedOut, $"It waited longer than {total.TotalSeconds:0.###} s.");
        execution.QueueTimer = time.CreateTimer(_ => _ = EndOverdueAsync(execution, reason), null, left, Timeout.InfiniteTimeSpan);
    }

    private async Task EndOverdueAsync(TrackedExecution execution, StopReason reason)
    {
        try
        {
            await TryEndAsync(execution, reason);
        }
        catch (StoreException exception)
        {
            Log.NotEnded(logger, exception, execution.Status.Info.Id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2401, LogLevel.Information, "Execution {ExecutionId} ended in the queue: {Cause}.")]
        public static partial void EndedQueued(ILogger logger, string executionId, EndCause cause);

        [LoggerMessage(2402, LogLevel.Error, "Execution {ExecutionId} has waited too long, but its end could not be recorded; it stays in the queue.")]
        public static partial void NotEnded(ILogger logger, Exception exception, string executionId);
    }
}
