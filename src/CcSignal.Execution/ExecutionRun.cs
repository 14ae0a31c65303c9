using CcSignal.Contracts;
using CcSignal.Execution.Admission;
using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;
using Microsoft.Extensions.Logging;

namespace CcSignal.Execution;

/// <summary>
/// The life of one claimed execution, from the launch to its one end. Owns the process and the journal's writer. Nothing a client does reaches
/// them but <see cref="Stop"/>.
/// </summary>
internal sealed partial class ExecutionRun(
    TrackedExecution execution, ClaimedExecution claim, ExecutionPlan plan, string cookie, ILauncher launcher, IExecutionStore store, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private IRunningProcess? _process;
    private StopReason? _stopReason;
    private readonly TaskCompletionSource _drainCut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _stopping = Task.CompletedTask;

    /// <summary>Runs it to its end; completes when the end is recorded and told.</summary>
    public async Task RunAsync()
    {
        var (end, exit) = await LaunchAndFollowAsync();
        await _stopping;
        await EndAsync(end, exit);
    }

    /// <summary>
    /// Asks for its end: the signals of the plan, each with its patience, then a kill. The first reason is the cause of the end; a repeat is
    /// harmless. One that comes after the root ended by itself only cuts the wait for its descendants short.
    /// </summary>
    public void Stop(StopReason reason)
    {
        lock (_gate)
        {
            if (_process?.Exited.IsCompleted == true)
            {
                // It ended by itself, and that is its end; but nobody wants to wait for its descendants any more.
                _drainCut.TrySetResult();
                return;
            }

            if (_stopReason is not null)
            {
                return;
            }

            _stopReason = reason;
            if (_process is not null)
            {
                _stopping = GoDownAsync(_process);
            }
        }
    }

    /// <summary>Cuts every patience short: the command is killed, and its descendants' output is not waited for.</summary>
    public void Kill()
    {
        _drainCut.TrySetResult();
        lock (_gate)
        {
            _process?.Kill();
        }
    }

    private async Task<(ExecutionEnd End, ProcessExit? Exit)> LaunchAndFollowAsync()
    {
        JournalWriter journal;
        try
        {
            journal = new JournalWriter(execution.Files, execution.Head, time);
        }
        catch (IOException exception)
        {
            return (Ends.StartFailed(new LaunchFailure(EndCodes.NoResources, $"Its recording could not be opened: {exception.Message}")), null);
        }

        using (journal)
        {
            var (process, failure) = Launch(journal);
            if (process is null)
            {
                return (failure!, null);
            }

            try
            {
                return await FollowAsync(process);
            }
            catch
            {
                // A fault of ours: what nobody follows any more must not run on, nor write into files that are about to be closed.
                process.Kill();
                process.AbandonOutput();
                await process.OutputEnded;
                throw;
            }
        }
    }

    private (IRunningProcess? Process, ExecutionEnd? Failure) Launch(JournalWriter journal)
    {
        if (CommandPath.CheckDirectory(plan.WorkingDirectory) is { } bad)
        {
            return (null, Ends.StartFailed(bad));
        }

        var (path, missing) = CommandPath.Resolve(plan.Request.Command, plan.WorkingDirectory, plan.SearchPath);
        if (path is null)
        {
            return (null, Ends.StartFailed(missing!));
        }

        lock (_gate)
        {
            if (_stopReason is not null)
            {
                return (null, Ends.Stopped(_stopReason, null));
            }

            var result = launcher.Launch(new LaunchSpec
            {
                Number = claim.Number,
                Path = path,
                Name = plan.Request.Command,
                Arguments = plan.Request.Arguments,
                WorkingDirectory = plan.WorkingDirectory,
                Environment = new Dictionary<string, string>(plan.Environment, StringComparer.Ordinal) { [ProcessCookie.Variable] = cookie },
                OpenInput = plan.Request.Input == InputMode.Open,
                Terminal = plan.Request.Terminal,
                Journal = journal,
                MaxOutputBytes = plan.MaxOutputBytes,
                PipeBytes = plan.PipeBytes,
            });
            _process = result.Process;
            return (result.Process, result.Failure is { } failure ? Ends.StartFailed(failure) : null);
        }
    }

    private async Task<(ExecutionEnd End, ProcessExit? Exit)> FollowAsync(IRunningProcess process)
    {
        var startedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        execution.Update(info => info with
        {
            State = ExecutionState.Running,
            StartedAt = startedAt,
            ProcessId = process.Identity.ProcessId,
            QueuePosition = null,
        });
        process.Begin();
        Log.Started(logger, claim.Info.Id, process.Identity.ProcessId);
        using var clocks = new ExecutionClocks(plan, execution.Head, time, Stop);
        var watch = WatchOutputAsync(process);
        await RecordStartAsync(process, startedAt);
        var exit = await process.Exited;
        await DrainAsync(process);
        var fault = await watch;
        TellLeftovers(process);
        lock (_gate)
        {
            // A command that ended by itself but wrote more than was recorded did not just exit: its output is not all there.
            var reason = _stopReason ?? fault;
            return (reason is null ? Ends.Exited(exit) : Ends.Stopped(reason, exit), exit);
        }
    }

    private async Task RecordStartAsync(IRunningProcess process, long startedAt)
    {
        try
        {
            if (!await store.StartedAsync(claim.Number, claim.Token, process.Identity, startedAt))
            {
                Stop(new StopReason(EndCause.Lost, "Another server took it over."));
            }
        }
        catch (StoreException exception)
        {
            // It runs and its end will be recorded; only a crash of this server would find less of it.
            Log.StartNotRecorded(logger, exception, claim.Info.Id);
        }
    }

    private async Task<StopReason?> WatchOutputAsync(IRunningProcess process)
    {
        await Task.WhenAny(process.OutputFaulted, process.OutputEnded);
        if (!process.OutputFaulted.IsCompleted)
        {
            return null;
        }

        var fault = await process.OutputFaulted;
        var reason = new StopReason(fault.LimitReached ? EndCause.OutputLimit : EndCause.DiskFull, fault.Message);
        Stop(reason);
        return reason;
    }

    // Descendants may still hold the root's output: what they write within the grace belongs to it.
    private async Task DrainAsync(IRunningProcess process)
    {
        if (!process.OutputEnded.IsCompleted)
        {
            using var grace = new CancellationTokenSource();
            await Task.WhenAny(process.OutputEnded, _drainCut.Task, Task.Delay(plan.DrainGrace, time, grace.Token));
            await grace.CancelAsync();
        }

        if (!process.OutputEnded.IsCompleted)
        {
            process.AbandonOutput();
        }

        await process.OutputEnded;
    }

    private void TellLeftovers(IRunningProcess process)
    {
        if (!plan.KeepLeftovers && process.KillLeftovers() is { Count: > 0 } left)
        {
            execution.Tell(new Notice(
                NoticeCodes.ProcessesLeft, $"The command ended and left {string.Join(", ", left)} behind; they were killed."));
            Log.ProcessesLeft(logger, claim.Info.Id, left.Count);
        }
    }

    private async Task GoDownAsync(IRunningProcess process)
    {
        foreach (var step in plan.Stop)
        {
            process.Signal(step.Signal);
            using var patience = new CancellationTokenSource();
            if (await Task.WhenAny(process.Exited, Task.Delay(step.Patience, time, patience.Token)) == process.Exited)
            {
                await patience.CancelAsync();
                return;
            }
        }

        process.Kill();
    }

    private async Task EndAsync(ExecutionEnd end, ProcessExit? exit)
    {
        var final = execution.Snapshot() with
        {
            State = ExecutionState.Ended,
            EndedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            QueuePosition = null,
            CpuSeconds = exit?.CpuSeconds,
            MaxRssBytes = exit?.MaxRssBytes,
            End = end,
        };
        await RecordEndAsync(final);
        execution.Update(_ => final);
        Log.Ended(logger, claim.Info.Id, end.Cause, end.ExitCode, end.Signal);
    }

    // An end that is not recorded is not told: a client that saw it must find it again. So it is tried until the store takes it.
    private async Task RecordEndAsync(ExecutionInfo final)
    {
        while (true)
        {
            try
            {
                if (await store.EndAsync(claim.Number, claim.Token, final) == EndOutcome.Fenced)
                {
                    Log.Fenced(logger, claim.Info.Id);
                }

                return;
            }
            catch (StoreException exception)
            {
                Log.EndNotRecorded(logger, exception, claim.Info.Id);
                await Task.Delay(TimeSpan.FromSeconds(1), time);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Information, "Execution {ExecutionId} started as process {ProcessId}.")]
        public static partial void Started(ILogger logger, string executionId, int processId);

        [LoggerMessage(2002, LogLevel.Information, "Execution {ExecutionId} ended: {Cause}, exit code {ExitCode}, signal {Signal}.")]
        public static partial void Ended(ILogger logger, string executionId, EndCause cause, int? exitCode, string? signal);

        [LoggerMessage(2003, LogLevel.Warning, "Execution {ExecutionId} left {Count} processes behind; they were killed.")]
        public static partial void ProcessesLeft(ILogger logger, string executionId, int count);

        [LoggerMessage(2004, LogLevel.Error, "The start of execution {ExecutionId} is not in the history; it runs on.")]
        public static partial void StartNotRecorded(ILogger logger, Exception exception, string executionId);

        [LoggerMessage(2005, LogLevel.Error, "The end of execution {ExecutionId} is not in the history yet; it is tried again every second.")]
        public static partial void EndNotRecorded(ILogger logger, Exception exception, string executionId);

        [LoggerMessage(2006, LogLevel.Warning, "Execution {ExecutionId} was taken over by another server; its end here is not recorded.")]
        public static partial void Fenced(ILogger logger, string executionId);
    }
}
