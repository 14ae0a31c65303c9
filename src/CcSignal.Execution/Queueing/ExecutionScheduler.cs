using CcSignal.Contracts;
using CcSignal.Execution.Admission;
using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;
using CcSignal.Execution.Running;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Queueing;

/// <summary>
/// Takes executions from the queue as places get free, and runs each to its end. Owns the loop that takes and every run.
/// </summary>
internal sealed partial class ExecutionScheduler(
    IExecutionStore store,
    TrackedExecutions tracked,
    QueuePlaces places,
    Profiles profiles,
    ILauncher launcher,
    IOptions<AdmissionOptions> options,
    IOptions<DataDirectoryOptions> directory,
    TimeProvider time,
    ILogger<ExecutionScheduler> logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly string _dataDirectory = directory.Value.Resolve();
    private readonly Pulse _wake = new();
    private Task _loop = Task.CompletedTask;
    private volatile bool _stopping;
    private int _wakes;

    /// <summary>Begins to take.</summary>
    public void Begin() => _loop = Task.Run(TakeAsync);

    /// <summary>Looks into the queue: something was added, or a place is free.</summary>
    public void Wake()
    {
        Interlocked.Increment(ref _wakes);
        _wake.Fire();
    }

    /// <summary>Takes nothing any more, stops what runs, and waits until every end is recorded.</summary>
    public async Task StopAsync(StopReason reason)
    {
        _stopping = true;
        Wake();
        await _loop;
        var running = tracked.All.Where(execution => !execution.Running.IsCompleted).ToList();
        Log.Stopping(logger, running.Count);
        foreach (var execution in running)
        {
            execution.Stop(reason);
        }

        await Task.WhenAll(running.Select(execution => execution.Running));
    }

    /// <summary>Goes on with what an earlier server started. When it returns, its recording is whole and it is followed.</summary>
    public void Continue(TrackedExecution execution, InheritedExecution left)
    {
        var claim = new ClaimedExecution(left.Number, left.Token, left.Request, left.Info);

        // The profile may have gone meanwhile; what it allows was asked when the command was started.
        var profile = profiles.Find(left.Info.Profile) ?? new Profile(left.Info.Profile, new ProfileOptions());
        execution.Running = RunAsync(execution, claim, () => profile.PlanOfRunning(left.Request, left.Info), run => run.ContinueAsync(left));
    }

    /// <summary>
    /// Takes nothing any more, and lets what runs go on: for a server to come. Completes when every process that was started is recorded.
    /// </summary>
    public async Task LeaveAsync()
    {
        _stopping = true;
        Wake();
        await _loop;
        var running = tracked.All.Where(execution => !execution.Running.IsCompleted).ToList();
        Log.Leaving(logger, running.Count);
        await Task.WhenAll(running.Select(execution => Task.WhenAny(execution.Settled, execution.Running)));
    }

    private async Task TakeAsync()
    {
        while (!_stopping)
        {
            var wake = _wake.Next();
            var wakes = Volatile.Read(ref _wakes);
            try
            {
                var claims = await store.ClaimAsync(options.Value.MaxRunning);
                foreach (var claim in claims)
                {
                    Begin(claim);
                }

                places.Changed(claims.Count);
            }
#pragma warning disable CA1031 // Whatever is wrong with the store or with us: the queue waits, it does not stand still for ever.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.ClaimFailed(logger, exception);
                wake = Task.WhenAny(wake, Task.Delay(RetryAfter, time));
            }

            if (wakes == Volatile.Read(ref _wakes))
            {
                await wake;
            }
        }
    }

    /// <summary>Runs what was taken from the queue.</summary>
    public void Begin(ClaimedExecution claim)
    {
        if (!tracked.TryGet(claim.Number, out var execution))
        {
            // Every execution is tracked before the history knows it. Whatever broke that, the others of this claim must start.
            Log.Untracked(logger, claim.Info.Id);
            return;
        }

        execution.Running = Task.Run(() => RunAsync(execution, claim, PlanOf(claim), run => run.RunAsync()));
    }

    private Func<ExecutionPlan> PlanOf(ClaimedExecution claim) => () =>
        profiles.Find(claim.Info.Profile)?.Plan(claim.Request)
        ?? throw new RefusedException(ErrorCodes.Forbidden, $"The profile '{claim.Info.Profile}' does not exist any more.");

    private async Task RunAsync(TrackedExecution execution, ClaimedExecution claim, Func<ExecutionPlan> plan, Func<ExecutionRun, Task> runAsync)
    {
        try
        {
            var run = new ExecutionRun(execution, claim, plan(), ProcessCookie.Of(_dataDirectory, claim.Number), launcher, store, time, logger);
            execution.Attach(run);
            await runAsync(run);
        }
        catch (RefusedException refusal)
        {
            // The profiles changed while it waited over a restart.
            await EndFailedAsync(execution, claim, refusal.Message);
        }
#pragma warning disable CA1031 // A fault of ours in one execution must neither end the server nor leave that execution without an end.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Log.RunFailed(logger, fault, claim.Info.Id);
            await EndFailedAsync(execution, claim, "The server itself failed; its log says how.");
        }
        finally
        {
            launcher.Keeper?.Forget(claim.Number);
            tracked.Remove(execution);
            Wake();
        }
    }

    private async Task EndFailedAsync(TrackedExecution execution, ClaimedExecution claim, string message)
    {
        var info = execution.Snapshot();
        var cause = info.StartedAt is null ? EndCause.StartFailed : EndCause.Lost;
        var final = info with
        {
            State = ExecutionState.Ended,
            EndedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            QueuePosition = null,
            ExpectedStartAt = null,
            End = new ExecutionEnd { Cause = cause, Code = EndCodes.SystemError, Message = message },
        };
        await store.EndAsync(claim.Number, claim.Token, final);
        execution.Update(_ => final);
    }

    private static partial class Log
    {
        [LoggerMessage(2100, LogLevel.Information, "Stopping {Count} running executions.")]
        public static partial void Stopping(ILogger logger, int count);

        [LoggerMessage(2104, LogLevel.Information, "Leaving {Count} running executions to the next server.")]
        public static partial void Leaving(ILogger logger, int count);

        [LoggerMessage(2101, LogLevel.Error, "The queue could not be read; it is tried again in a second.")]
        public static partial void ClaimFailed(ILogger logger, Exception exception);

        [LoggerMessage(2103, LogLevel.Critical, "Execution {ExecutionId} was taken from the queue, but this server does not know it; a restart ends it as lost.")]
        public static partial void Untracked(ILogger logger, string executionId);

        [LoggerMessage(2102, LogLevel.Error, "Execution {ExecutionId} failed in the server.")]
        public static partial void RunFailed(ILogger logger, Exception exception, string executionId);
    }
}
