using CcSignal.Execution.Processes.Linux.Native;
using CcSignal.Keeper.Wire;

namespace CcSignal.Execution.Processes.Linux.Keeping;

/// <summary>
/// The end of a process that an earlier server started. The keeper, its parent now, tells it; if there is none, the kernel is asked, which knows
/// for whoever has held a descriptor of the process. Owns that descriptor.
/// </summary>
internal sealed class AdoptedExit : IExitSource, IWatched
{
    private static readonly ProcessExit Unknown = new(null, null);

    private readonly EventLoop _loop;
    private readonly KeeperLink? _keeper;
    private readonly HeldProcess _held;
    private readonly long _number;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<ProcessExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _pidfd;
    private long _token;
    private long? _seenEnd;

    /// <param name="loop">Watches it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="keeper">Its parent; null: it has another.</param>
    /// <param name="number">The execution's key.</param>
    /// <param name="held">The process.</param>
    public AdoptedExit(EventLoop loop, TimeProvider time, KeeperLink? keeper, long number, HeldProcess held)
    {
        (_loop, _time, _keeper, _number, _held) = (loop, time, keeper, number, held);
        _pidfd = held is { ProcessId: > 0, Status: null } ? Libc.pidfd_open(held.ProcessId) : -1;
    }

    public long? StartedAt => _held.StartedAt == 0 ? null : _held.StartedAt;

    public Task<ProcessExit> Exited => _exited.Task;

    public void Begin()
    {
        if (_pidfd >= 0)
        {
            _loop.Watch(_pidfd, this, out _token);
        }

        _ = _held switch
        {
            { Status: { } status } => Task.FromResult(_exited.TrySetResult(Exit(status))),
            { ProcessId: 0 } => Task.FromResult(_exited.TrySetResult(Unknown)),
            _ => HearAsync(),
        };
    }

    public void Signal(int signal)
    {
        lock (_gate)
        {
            // The keeper reaps at once: what its descriptor does not find any more is not ours to signal.
            if (_pidfd >= 0 && !_exited.Task.IsCompleted && Libc.pidfd_send_signal(_pidfd, 0) == 0)
            {
                _ = Libc.kill(-_held.ProcessId, signal);
            }
        }
    }

    public void OnReady(uint events)
    {
        if (_exited.Task.IsCompleted || _keeper?.ProcessId is not null)
        {
            // It has ended, and the keeper tells how; without this we would be woken until it does.
            _loop.Rest(_token);
            return;
        }

        // It ended, and whoever is its parent now may not have reaped it yet: only then does the kernel say how it ended.
        var now = _time.GetTimestamp();
        if (PidFdInfo.ExitOf(_pidfd) is { } status)
        {
            Complete(Exit(status));
        }
        else if (_time.GetElapsedTime(_seenEnd ??= now, now) > PidFdInfo.Patience)
        {
            Complete(Unknown);
        }
        else
        {
            _loop.Rest(_token);
        }
    }

    public void OnFault(Exception exception) => _exited.TrySetException(exception);

    private async Task HearAsync()
    {
        if (_keeper is not null && await _keeper.ExitOf(_number) is { } status)
        {
            Complete(Exit(status));
        }
        else if (_pidfd < 0)
        {
            Complete(Unknown);
        }
    }

    private void Complete(ProcessExit exit)
    {
        if (_exited.TrySetResult(exit) && _pidfd >= 0)
        {
            _loop.Post(() =>
            {
                lock (_gate)
                {
                    _loop.Close(_token);
                }
            });
        }
    }

    // The peak of memory is not told: it may be that of the earlier server, whose memory the process shared until its exec.
    private static ProcessExit Exit(ExitStatus status) => new(
        status.IsExit ? status.Value : null,
        status.IsExit ? null : status.Value,
        TimeSpan.FromMicroseconds(status.CpuMicroseconds).TotalSeconds);
}
