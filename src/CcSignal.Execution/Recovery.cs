using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;
using CcSignal.Execution.Processes.Linux.Keeping;
using CcSignal.Execution.Processes.Linux.Streams;
using CcSignal.Execution.Queueing;
using CcSignal.Execution.Running;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution;

/// <summary>
/// What an earlier server of this data directory left: the queue is taken over; what the keeper held goes on, and what lives; the rest is ended as
/// lost, with its recording made whole and its processes killed; and what runs without being known is killed.
/// </summary>
internal sealed partial class Recovery(
    IExecutionStore store,
    ILauncher launcher,
    TrackedExecutions tracked,
    ExecutionScheduler scheduler,
    IOptions<DataDirectoryOptions> directory,
    TimeProvider time,
    ILogger<Recovery> logger)
{
    private readonly string _dataDirectory = directory.Value.Resolve();

    /// <summary>Looks after what was running, and returns what waits.</summary>
    public async Task<IReadOnlyList<QueuedExecution>> RunAsync()
    {
        var left = await store.ReconcileAsync();
        var held = launcher.Keeper?.Left.ToHashSet() ?? [];
        var isAllHeld = Mark();
        foreach (var execution in left.Inherited)
        {
            if (launcher.CanAdopt(execution.Number, execution.Process, JournalFiles.Of(_dataDirectory, execution.Number)))
            {
                Continue(execution, isHeld: held.Remove(execution.Number));
            }
            else if (isAllHeld && execution.Process is null && RequestTerms.IsWhole(execution.Request))
            {
                Start(execution);
            }
            else
            {
                await EndAsync(execution);
            }
        }

        await Task.WhenAll(held.Select(DiscardAsync));
        if (left.Inherited.Count > 0 || left.Queued.Count > 0)
        {
            Log.Recovered(logger, left.Inherited.Count, left.Queued.Count);
        }

        return left.Queued;
    }

    // True: the keeper holds everything that the earlier server began to start.
    private bool Mark()
    {
        var mark = new KeeperMark(_dataDirectory);
        if (launcher.Keeper is not { ProcessId: { } keeper } link)
        {
            mark.Write(null);
            return false;
        }

        var isSame = mark.Names(keeper);
        link.Lost = () => mark.Write(null);
        mark.Write(keeper);
        if (link.ProcessId is null)
        {
            mark.Write(null); // it went just now, before it could call
        }

        return isSame;
    }

    // It was taken from the queue and not begun: the keeper would hold its pipes otherwise.
    private void Start(InheritedExecution left)
    {
        tracked.Restore(new TrackedExecution(left.Number, left.Info, JournalFiles.Of(_dataDirectory, left.Number)));
        scheduler.Begin(new ClaimedExecution(left.Number, left.Token, left.Request, left.Info));
        Log.StartedAnew(logger, left.Info.Id);
    }

    private void Continue(InheritedExecution left, bool isHeld)
    {
        var files = JournalFiles.Of(_dataDirectory, left.Number);
        var execution = new TrackedExecution(left.Number, left.Info, files, RunNotes.Load(files).Notices);
        tracked.Restore(execution);
        scheduler.Continue(execution, left);
        Log.Continued(logger, left.Info.Id, isHeld ? "the keeper held it" : "nobody held it, but it is there");
    }

    // Its end is recorded and the earlier server died before it could say so, or the history was replaced below a running server.
    private async Task DiscardAsync(long number)
    {
        if (await launcher.DiscardAsync(number, null, ProcessCookie.Of(_dataDirectory, number)))
        {
            Log.Discarded(logger, number);
        }
    }

    private async Task EndAsync(InheritedExecution execution)
    {
        // Its pipes ended with the server that held them: nothing it writes can be recorded, so it must not go on unseen.
        var killed = await launcher.DiscardAsync(execution.Number, execution.Process, ProcessCookie.Of(_dataDirectory, execution.Number));
        var files = JournalFiles.Of(_dataDirectory, execution.Number);
        if (OperatingSystem.IsLinux())
        {
            AppendOnly.Clear(files);
        }

        var extent = JournalRecovery.Rebuild(files, time);
        var end = execution.Process is null ? Ends.StartInterrupted() : new ExecutionEnd
        {
            Cause = EndCause.Lost,
            Message = killed
                ? "The server ended while the command ran; what was left of it was killed at the next start."
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
        [LoggerMessage(2201, LogLevel.Information, "An earlier server left {Running} executions that had started, and {Queued} in the queue.")]
        public static partial void Recovered(ILogger logger, int running, int queued);

        [LoggerMessage(2202, LogLevel.Warning, "Execution {ExecutionId} ended as lost ({Code}): an earlier server ended while it ran, and nobody held it.")]
        public static partial void Lost(ILogger logger, string executionId, string code);

        [LoggerMessage(2203, LogLevel.Information, "Execution {ExecutionId} goes on: {Why}.")]
        public static partial void Continued(ILogger logger, string executionId, string why);

        [LoggerMessage(2205, LogLevel.Information, "Execution {ExecutionId} starts: an earlier server had taken it from the queue and not begun.")]
        public static partial void StartedAnew(ILogger logger, string executionId);

        [LoggerMessage(2204, LogLevel.Warning, "Processes of execution number {Number} ran, which the history does not know as running; they were killed.")]
        public static partial void Discarded(ILogger logger, long number);
    }
}
