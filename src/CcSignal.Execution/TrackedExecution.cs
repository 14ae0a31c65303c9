using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Running;
using CcSignal.Execution.Subscriptions;
using CcSignal.Execution.Watching;

namespace CcSignal.Execution;

/// <summary>
/// One execution as the server has it in memory: its facts, how far it is recorded, and who must be woken when either changes. Followers read it;
/// the execution's own run writes it.
/// </summary>
internal sealed class TrackedExecution
{
    // In a long queue all places change all the time: watchers hear of the first ones, followers of their own.
    private const int PlacesWatched = 100;

    private readonly Lock _gate = new();
    private volatile ExecutionStatus _status;
    private volatile RunningCommand? _command;
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExecutionRun? _run;
    private StopReason? _stopReason;

    public TrackedExecution(long number, ExecutionInfo info, JournalFiles files, IEnumerable<Notice>? notices = null, JournalExtent? readable = null)
    {
        Number = number;
        Files = files;
        Head = new JournalHead(readable ?? new JournalExtent(info.Sequence, info.StdoutBytes, info.StderrBytes));
        _status = new ExecutionStatus(info, 0, [.. notices ?? []]);
    }

    /// <summary>Its key in the history.</summary>
    public long Number { get; }

    /// <summary>Where its recording lies.</summary>
    public JournalFiles Files { get; }

    /// <summary>How far it is recorded, and the pulse of every change.</summary>
    public JournalHead Head { get; }

    /// <summary>Who follows it.</summary>
    public Followers Followers { get; } = new();

    /// <summary>Completes when its run has ended and is recorded; completed while it waits in the queue.</summary>
    public Task Running { get; set; } = Task.CompletedTask;

    /// <summary>Completes when its process is recorded, or there will be none: what a later server finds of it is whole then.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Hears of every change of its facts.</summary>
    public ExecutionChanges? Changes { get; set; }

    /// <summary>Watches its time in the queue, if that is limited.</summary>
    public ITimer? QueueTimer { get; set; }

    /// <summary>Its command while that runs, from before the state says so; set by its run.</summary>
    public RunningCommand? Command
    {
        get => _command;
        set => _command = value;
    }

    /// <summary>The facts of this moment.</summary>
    public ExecutionStatus Status => _status;

    /// <summary>The facts together with how far it is recorded.</summary>
    public ExecutionInfo Snapshot()
    {
        var info = _status.Info;
        if (info.State == ExecutionState.Ended)
        {
            return info;
        }

        var extent = Head.Extent;
        return info with { Sequence = extent.Sequence, StdoutBytes = extent.StdoutBytes, StderrBytes = extent.StderrBytes };
    }

    /// <summary>Changes the facts and tells the followers; nothing happens after the end.</summary>
    public void Update(Func<ExecutionInfo, ExecutionInfo> change)
    {
        lock (_gate)
        {
            if (_status.Ended)
            {
                return;
            }

            _status = _status with { Info = change(_status.Info), Version = _status.Version + 1 };
        }

        Head.Changed.Fire();
        Changes?.Note(this);
    }

    /// <summary>Tells it its place in the queue and when its turn may come, while it waits there.</summary>
    public void MoveTo(int place, long? expectedStartAt)
    {
        lock (_gate)
        {
            if (_status.Info.State != ExecutionState.Queued || _status.Info.QueuePosition == place)
            {
                return;
            }

            _status = _status with { Info = _status.Info with { QueuePosition = place, ExpectedStartAt = expectedStartAt }, Version = _status.Version + 1 };
        }

        Head.Changed.Fire();
        if (place <= PlacesWatched)
        {
            Changes?.Note(this);
        }
    }

    /// <summary>Hands it to the run that owns its process from now on.</summary>
    public void Attach(ExecutionRun run)
    {
        StopReason? asked;
        lock (_gate)
        {
            _run = run;
            asked = _stopReason;
        }

        QueueTimer?.Dispose();
        if (asked is not null)
        {
            run.Stop(asked);
        }
    }

    /// <summary>Asks its run to end it, now or as soon as it has one.</summary>
    public void Stop(StopReason reason)
    {
        ExecutionRun? run;
        lock (_gate)
        {
            _stopReason ??= reason;
            run = _run;
        }

        run?.Stop(reason);
    }

    /// <summary>Kills its command at once, if it has one.</summary>
    public void Kill() => Run?.Kill();

    /// <summary>The run that owns its process; null: it has none yet, or none any more.</summary>
    public ExecutionRun? Run
    {
        get
        {
            lock (_gate)
            {
                return _run;
            }
        }
    }

    /// <summary>Nothing of its start is under way any more.</summary>
    public void Settle() => _settled.TrySetResult();

    /// <summary>Tells the followers something.</summary>
    public void Tell(Notice notice)
    {
        lock (_gate)
        {
            _status = _status with { Notices = _status.Notices.Add(notice) };
        }

        Head.Changed.Fire();
    }
}
