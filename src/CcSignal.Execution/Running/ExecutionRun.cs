using CcSignal.Contracts;
using CcSignal.Execution.Admission;
using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;
using Microsoft.Extensions.Logging;

namespace CcSignal.Execution.Running;

/// <summary>
/// The life of one claimed execution, from the launch to its one end. Owns the process and the journal's writer. What others may do to them
/// stands in the other part of this class.
/// </summary>
internal sealed partial class ExecutionRun(
    TrackedExecution execution, ClaimedExecution claim, ExecutionPlan plan, string cookie, ILauncher launcher, IExecutionStore store, TimeProvider time, ILogger logger)
{
    private const string DefaultTerminal = "xterm-256color";

    private readonly Lock _gate = new();
    private IRunningProcess? _process;
    private Teardown? _teardown;
    private ExecutionClocks? _clocks;
    private RunNotes _notes = new();

    /// <summary>Runs it to its end; completes when the end is recorded and told.</summary>
    public async Task RunAsync()
    {
        var (end, exit) = await LaunchAndFollowAsync();
        await EndAsync(end, exit);
    }

    private async Task<(ExecutionEnd End, ProcessExit? Exit)> LaunchAndFollowAsync()
    {
        JournalWriter journal;
        try
        {
            if (plan.WritesDirectly)
            {
                execution.Files.MakeDirect();
            }

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

            return await FollowOrKillAsync(process, null);
        }
    }

    private async Task<(ExecutionEnd End, ProcessExit? Exit)> FollowOrKillAsync(IRunningProcess process, InheritedExecution? left)
    {
        CommandInput? input = null;
        try
        {
            input = process.Input is { } sink ? new CommandInput(sink, new InputMark(execution.Files), time) : null;
            execution.Command = new RunningCommand(process, input);
            return await FollowAsync(process, left);
        }
        catch
        {
            // A fault of ours: what nobody follows any more must not run on, nor write into files that are about to be closed.
            await process.KillAsync();
            process.AbandonOutput();
            await process.OutputEnded;
            throw;
        }
        finally
        {
            execution.Settle();
            await (input?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private (IRunningProcess? Process, ExecutionEnd? Failure) Launch(JournalWriter journal)
    {
        if (CommandPath.CheckDirectory(plan.WorkingDirectory) is { } bad)
        {
            return (null, Ends.StartFailed(bad));
        }

        var (program, missing) = WrappedProgram.Of(plan);
        if (program is null)
        {
            return (null, Ends.StartFailed(missing!));
        }

        lock (_gate)
        {
            if (_notes.Stop is { } asked)
            {
                return (null, Ends.Stopped(asked, null));
            }

            var result = launcher.Launch(new LaunchSpec
            {
                Number = claim.Number,
                Path = program.Path,
                Name = program.Name,
                Arguments = program.Arguments,
                WorkingDirectory = plan.WorkingDirectory,
                Environment = Environment(),
                Limits = plan.Limits,
                Confinement = plan.Confinement,
                OpenInput = plan.Request.Terminal is not null || plan.Request.Input == InputMode.Open,
                Terminal = plan.Request.Terminal,
                OutputFiles = plan.WritesDirectly ? execution.Files : null,
                Journal = journal,
                DiskPatience = new DiskPatience(plan.DiskPatience, time, TellDisk),
                MaxOutputBytes = plan.MaxOutputBytes,
                PipeBytes = plan.PipeBytes,
            });
            _process = result.Process;
            _teardown = _process is null ? null : new Teardown(_process, plan, time);
            return (result.Process, result.Failure is { } failure ? Ends.StartFailed(failure) : null);
        }
    }

    private Dictionary<string, string> Environment()
    {
        var environment = new Dictionary<string, string>(plan.Environment, StringComparer.Ordinal) { [ProcessCookie.Variable] = cookie };
        if (plan.Request.Terminal is not null)
        {
            environment.TryAdd("TERM", DefaultTerminal);
        }

        return environment;
    }

    private async Task<(ExecutionEnd End, ProcessExit? Exit)> FollowAsync(IRunningProcess process, InheritedExecution? left)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var startedAt = left?.Info.StartedAt ?? process.StartedAt ?? now;
        execution.Update(info => info with
        {
            State = _notes.PausedAt is null ? ExecutionState.Running : ExecutionState.Paused,
            StartedAt = startedAt,
            ProcessId = process.Identity.ProcessId,
            QueuePosition = null,
            ExpectedStartAt = null,
        });
        if (process.Degraded is { } missing)
        {
            Tell(new Notice(NoticeCodes.IsolationDegraded, $"It runs without a control group of its own: {missing}"));
        }

        // On its way before any of its output is: what somebody has seen of it is known to have started.
        var recorded = left?.Process is null ? RecordStartAsync(process, startedAt) : Task.CompletedTask;
        process.Begin();
        if (left is null)
        {
            Log.Started(logger, claim.Info.Id, process.Identity.ProcessId);
        }

        var abandoned = WatchFollowers(left, startedAt);
        using var clocks = left is null
            ? new ExecutionClocks(plan, execution.Head, time, Stop, abandoned: abandoned)
            : new ExecutionClocks(plan, execution.Head, time, Stop, Ran(startedAt, now), Silent(startedAt, now), abandoned);
        _clocks = clocks;
        if (_notes.PausedAt is null)
        {
            clocks.Go();
        }

        using var resources = new ResourceWatch(process, plan.Limits, time, Stop);
        var watch = WatchOutputAsync(process);
        await recorded;
        execution.Settle();
        var exit = await process.Exited;
        await EmptyAsync();
        var breach = resources.Breach();
        TellRefusedProcesses(resources);
        process.Release();
        var fault = await watch;
        lock (_gate)
        {
            // A command that ended by itself but wrote more than was recorded did not just exit: its output is not all there. Nor did one that the
            // kernel killed because it was too large.
            var reason = _notes.Stop ?? fault ?? breach ?? (process.IsRecorded ? null : Ends.NotRecorded);
            return (reason is null ? Ends.Exited(exit) : Ends.Stopped(reason, exit), exit);
        }
    }

    // The root has ended: so must the rest of the tree, and its output.
    private async Task EmptyAsync()
    {
        Task<IReadOnlyList<string>>? stopping;
        lock (_gate)
        {
            stopping = _stopping;
        }

        TellLeftovers(stopping is null ? await _teardown!.SettleAsync() : new Leftovers([], await stopping));
        await _teardown!.EndOutputAsync();
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

    private async Task EndAsync(ExecutionEnd end, ProcessExit? exit)
    {
        var final = execution.Snapshot() with
        {
            State = ExecutionState.Ended,
            EndedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            QueuePosition = null,
            ExpectedStartAt = null,
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
}
