using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution;

/// <summary>
/// What an earlier server of this data directory left: the queue is taken over; what was running is ended as lost, with its recording made whole.
/// </summary>
internal sealed partial class Recovery(IExecutionStore store, IOptions<DataDirectoryOptions> directory, TimeProvider time, ILogger<Recovery> logger)
{
    /// <summary>Ends what was running, and returns what waits.</summary>
    public async Task<IReadOnlyList<QueuedExecution>> RunAsync()
    {
        var left = await store.ReconcileAsync();
        foreach (var execution in left.Inherited)
        {
            await EndAsync(execution);
        }

        if (left.Inherited.Count > 0 || left.Queued.Count > 0)
        {
            Log.Recovered(logger, left.Inherited.Count, left.Queued.Count);
        }

        return left.Queued;
    }

    private async Task EndAsync(InheritedExecution execution)
    {
        // Its pipes ended with the server that held them: nothing it writes can be recorded, so it must not go on unseen.
        var killed = execution.Process is { } process && ProcessTable.Has(process) && ProcessTable.Kill(process);
        var extent = JournalRecovery.Rebuild(JournalFiles.Of(directory.Value.Resolve(), execution.Number), time);
        var end = new ExecutionEnd
        {
            Cause = EndCause.Lost,
            Code = execution.Process is null ? EndCodes.StartInterrupted : null,
            Message = execution.Process is null
                ? "The server ended while it started the command, which may have run."
                : killed ? "The server ended while the command ran; what was left of it was killed at the next start."
                : "The server ended while the command ran.",
        };
        await store.EndAsync(execution.Number, execution.Token, execution.Info with
        {
            State = ExecutionState.Ended,
            EndedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Sequence = extent.Sequence,
            StdoutBytes = extent.StdoutBytes,
            StderrBytes = extent.StderrBytes,
            End = end,
        });
        Log.Lost(logger, execution.Info.Id, end.Code ?? "lost");
    }

    private static partial class Log
    {
        [LoggerMessage(2201, LogLevel.Warning, "An earlier server left {Running} running executions, now ended as lost, and {Queued} in the queue.")]
        public static partial void Recovered(ILogger logger, int running, int queued);

        [LoggerMessage(2202, LogLevel.Warning, "Execution {ExecutionId} ended as lost ({Code}): an earlier server ended while it ran.")]
        public static partial void Lost(ILogger logger, string executionId, string code);
    }
}
