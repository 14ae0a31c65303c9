using System.Reflection;
using CcSignal.Contracts;
using CcSignal.Execution.Admission;
using CcSignal.Execution.History;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes;
using CcSignal.Execution.Queueing;
using CcSignal.Execution.Running;
using CcSignal.Execution.Subscriptions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution;

/// <summary>What callers can do with executions. Every method checks who asks; a foreign execution is as unknown as one that never was.</summary>
internal sealed partial class ExecutionService(
    IExecutionStore store,
    TrackedExecutions tracked,
    ExecutionScheduler scheduler,
    QueueClocks queueClocks,
    QueuePlaces places,
    RecordingUses uses,
    AdmissionControl admissionControl,
    Profiles profiles,
    ILauncher launcher,
    NodeState node,
    IOptions<DataDirectoryOptions> directory,
    IOptions<ExecutionOptions> options,
    IOptions<AdmissionOptions> admission,
    TimeProvider time,
    ILogger<ExecutionService> logger)
{
    private readonly string _dataDirectory = directory.Value.Resolve();

    /// <summary>Accepts a request: returns once it is durably recorded, before it runs. The same id and request again returns the same execution.</summary>
    /// <exception cref="RefusedException">It breaks a rule, is not allowed, contradicts an earlier one, or there is no room.</exception>
    public async Task<ExecutionInfo> StartAsync(ExecutionRequest? request, Caller caller)
    {
        var plan = admissionControl.Admit(request, caller);
        var number = store.Numbers.Next();
        var execution = new TrackedExecution(number, Describe(plan, number, caller), JournalFiles.Of(_dataDirectory, number));
        tracked.Add(execution);
        var accepted = false;
        try
        {
            var outcome = await store.StartAsync(new NewExecution
            {
                Number = number,
                Info = execution.Status.Info,
                Request = plan.Request,
                Fingerprint = RequestFingerprint.Of(plan.Request),
                MaxQueued = admission.Value.MaxQueued,
                MaxRunning = admission.Value.MaxRunning,
                Deadline = queueClocks.DeadlineOf(plan),
            });
            accepted = outcome.Result == StartResult.Created;
            return outcome.Result switch
            {
                StartResult.Created => Accept(execution, plan, outcome.Info!),
                StartResult.Existing => Latest(outcome.Info!),
                StartResult.Conflict => throw new RefusedException(
                    ErrorCodes.Conflict, $"The id '{plan.Request.Id}' belongs to an execution with another request: choose a new one."),
                _ => throw new RefusedException(
                    ErrorCodes.QueueFull, $"{admission.Value.MaxQueued} executions wait already: try again when some have run."),
            };
        }
        catch (StoreException exception)
        {
            Log.StoreFailed(logger, exception);
            throw new RefusedException(ErrorCodes.Unavailable, "The server cannot record a start now; its log says why. Nothing was started.");
        }
        finally
        {
            if (!accepted)
            {
                tracked.Remove(execution);
            }
        }
    }

    /// <summary>What is known of an execution.</summary>
    public async Task<ExecutionInfo> GetAsync(string? id, Caller caller, CancellationToken cancellationToken)
    {
        var execution = await FindAsync(id, caller, cancellationToken);
        var info = execution.Snapshot();
        if (info.State != ExecutionState.Queued)
        {
            return info;
        }

        var place = await store.PositionAsync(execution.Number, cancellationToken);
        return info with { QueuePosition = place, ExpectedStartAt = places.ExpectedStartOf(place) };
    }

    /// <summary>A page of executions, newest first; of those the caller may see.</summary>
    public async Task<ExecutionPage> ListAsync(ExecutionQuery? query, Caller caller, CancellationToken cancellationToken)
    {
        var page = await store.ListAsync(query ?? new ExecutionQuery(), caller.Administrator ? null : caller.Name, cancellationToken);
        return page with { Items = [.. page.Items.Select(Latest)] };
    }

    /// <summary>Asks for the end of an execution, and returns at once. One that waits never starts; a repeat is harmless.</summary>
    public async Task<ExecutionInfo> CancelAsync(string? id, string? reason, Caller caller, CancellationToken cancellationToken)
    {
        if (reason?.Length > Limits.MaxTagValueLength)
        {
            throw new RefusedException(ErrorCodes.InvalidRequest, $"'reason' has {reason.Length} characters; at most {Limits.MaxTagValueLength} are taken.");
        }

        var execution = await FindAsync(id, caller, cancellationToken);
        var stop = new StopReason(EndCause.Cancelled, reason, caller.Name);
        if (!execution.Status.Ended && !await queueClocks.TryEndAsync(execution, stop))
        {
            execution.Stop(stop);
        }

        return execution.Snapshot();
    }

    /// <summary>Freezes all of an execution, and its clocks; a repeat is harmless.</summary>
    /// <exception cref="RefusedException">It does not run, or this server cannot.</exception>
    public Task<ExecutionInfo> PauseAsync(string? id, Caller caller, CancellationToken cancellationToken) =>
        ControlAsync(id, caller, run => run.PauseAsync(), cancellationToken);

    /// <summary>Lets a paused execution go on; a repeat is harmless.</summary>
    /// <exception cref="RefusedException">It does not run, or this server cannot.</exception>
    public Task<ExecutionInfo> ResumeAsync(string? id, Caller caller, CancellationToken cancellationToken) =>
        ControlAsync(id, caller, run => run.ResumeAsync(), cancellationToken);

    /// <summary>Follows an execution, live or ended. Its recording stays until what is returned is disposed of.</summary>
    public async Task<Subscription> FollowAsync(string? id, FollowOptions? options, Caller caller, CancellationToken cancellationToken)
    {
        var wanted = Subscription.Check(options);
        var (execution, use) = await OpenAsync(id, caller, cancellationToken);
        return new Subscription(execution, use, wanted, time)
        {
            Damaged = damage => Log.RecordingUnreadable(logger, execution.Status.Info.Id, damage.Message),
        };
    }

    /// <summary>The recording of an execution as it is now. It stays until what is returned is disposed of.</summary>
    public async Task<Recording> OpenRecordingAsync(string? id, Caller caller, CancellationToken cancellationToken)
    {
        var (execution, use) = await OpenAsync(id, caller, cancellationToken);
        return new Recording(execution.Files, execution.Head.Extent, use);
    }

    /// <summary>What this server is, allows and has in force.</summary>
    public ServerInfo Describe(Caller caller) => new()
    {
        Version = typeof(ExecutionService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        Node = options.Value.Node,
        ProcessId = Environment.ProcessId,
        KeeperProcessId = launcher.Keeper?.ProcessId,
        StartedAt = node.StartedAt,
        Limits = new ServerLimits
        {
            MaxRunning = admission.Value.MaxRunning,
            MaxQueued = admission.Value.MaxQueued,
            MaxMessageBytes = Limits.MaxMessageBytes,
            MaxInputChunkBytes = Limits.MaxInputChunkBytes,
            MaxOutputChunkBytes = Limits.MaxOutputChunkBytes,
            MaxStreamsPerConnection = Limits.MaxStreamsPerConnection,
            MaxArguments = Limits.MaxArguments,
        },
        Profiles = profiles.NamesFor(caller),
        Features = InForce.On(launcher),
    };

    private async Task<ExecutionInfo> ControlAsync(string? id, Caller caller, Func<ExecutionRun, Task> control, CancellationToken cancellationToken)
    {
        var execution = await FindAsync(id, caller, cancellationToken);
        if (!launcher.CanPause)
        {
            throw new RefusedException(ErrorCodes.Unavailable, $"The launcher '{launcher.Name}' of this server cannot pause commands.");
        }

        await control(execution.Run ?? throw new RefusedException(
            ErrorCodes.Conflict, $"The execution '{id}' does not run: it {(execution.Status.Ended ? "has ended" : "waits in the queue")}."));
        return execution.Snapshot();
    }

    private ExecutionInfo Describe(ExecutionPlan plan, long number, Caller caller) => new()
    {
        Id = plan.Request.Id ?? Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
        Profile = plan.Profile,
        Command = plan.Request.Command,
        Arguments = plan.Request.Arguments,
        WorkingDirectory = plan.WorkingDirectory,
        Terminal = plan.Request.Terminal,
        Owner = caller.Name,
        Tags = plan.Request.Tags ?? new Dictionary<string, string>(),
        Node = options.Value.Node,
        State = ExecutionState.Queued,
        QueuedAt = ExecutionNumber.TimeOf(number),
    };

    private ExecutionInfo Accept(TrackedExecution execution, ExecutionPlan plan, ExecutionInfo recorded)
    {
        if (recorded.QueuePosition is { } place)
        {
            recorded = recorded with { ExpectedStartAt = places.ExpectedStartOf(place) };
            execution.MoveTo(place, recorded.ExpectedStartAt);
        }

        tracked.Accept(execution);
        queueClocks.Watch(execution, plan);
        scheduler.Wake();
        return recorded;
    }

    private ExecutionInfo Latest(ExecutionInfo recorded) =>
        recorded.State != ExecutionState.Ended && tracked.TryGet(recorded.Id, out var execution) ? execution.Snapshot() : recorded;

    /// <summary>An execution that the caller may see.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<TrackedExecution> FindAsync(string? id, Caller caller, CancellationToken cancellationToken)
    {
        if (id is null || !tracked.TryGet(id, out var execution))
        {
            execution = id is not null && await store.GetAsync(id, cancellationToken) is { } stored
                ? tracked.TryGet(stored.Number, out var live)
                    ? live
                    : new TrackedExecution(stored.Number, stored.Info, JournalFiles.Of(_dataDirectory, stored.Number))
                : null;
        }

        return execution is not null && caller.MaySee(execution.Status.Info.Owner)
            ? execution
            : throw Unknown(id);
    }

    private static RefusedException Unknown(string? id) => new(ErrorCodes.NotFound, $"There is no execution '{Readable(id)}'.");

    // Retention removes nothing that is in use. What it removed between finding and using is looked for in vain the second time.
    private async Task<(TrackedExecution Execution, IDisposable Use)> OpenAsync(string? id, Caller caller, CancellationToken cancellationToken)
    {
        var execution = await FindAsync(id, caller, cancellationToken);
        var use = uses.TryRead(execution.Number) ?? throw Unknown(id);
        try
        {
            return (Readable(execution.Status.Ended ? await FindAsync(id, caller, cancellationToken) : execution), use);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    // One that has ended, with what was told of it, and as far as its files go: somebody may have cut them since.
    private TrackedExecution Readable(TrackedExecution execution)
    {
        if (!execution.Status.Ended || execution.Run is not null)
        {
            return execution;
        }

        var info = execution.Status.Info;
        var notices = RunNotes.Load(execution.Files).Notices;
        if (Inspect(execution) is { } readable && readable.Sequence < info.Sequence)
        {
            var damaged = new Notice(
                NoticeCodes.RecordingDamaged, $"The recording ends after {readable.Sequence} of {info.Sequence} pieces: its files were cut or are gone.");
            Log.RecordingDamaged(logger, info.Id, readable.Sequence, info.Sequence, execution.Files.Directory);
            return new TrackedExecution(execution.Number, info, execution.Files, [.. notices, damaged], readable);
        }

        return new TrackedExecution(execution.Number, info, execution.Files, notices);
    }

    // Null: it is compressed, and damaged where one looks for that. Who reads gets what is before the damage, and comes to it.
    private JournalExtent? Inspect(TrackedExecution execution)
    {
        try
        {
            return JournalRecovery.Inspect(execution.Files);
        }
        catch (InvalidDataException damage)
        {
            Log.RecordingUnreadable(logger, execution.Status.Info.Id, damage.Message);
            return null;
        }
    }

    // What a client sent as an id goes back into a sentence: not longer than an id can be.
    private static string Readable(string? id) => id is { Length: > Limits.MaxIdLength } ? id[..Limits.MaxIdLength] + "…" : id ?? "";

    private static partial class Log
    {
        [LoggerMessage(2302, LogLevel.Error, "The recording of execution {ExecutionId} ends after {Readable} of {Recorded} pieces: look at {Directory}.")]
        public static partial void RecordingDamaged(ILogger logger, string executionId, long readable, long recorded, string directory);

        [LoggerMessage(2303, LogLevel.Error, "The recording of execution {ExecutionId} cannot be read to its end: {Reason}")]
        public static partial void RecordingUnreadable(ILogger logger, string executionId, string reason);

        [LoggerMessage(2301, LogLevel.Error, "A start could not be recorded and was refused.")]
        public static partial void StoreFailed(ILogger logger, Exception exception);
    }
}
