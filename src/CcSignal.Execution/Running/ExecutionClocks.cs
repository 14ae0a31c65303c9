using CcSignal.Contracts;
using CcSignal.Execution.Admission;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Running;

/// <summary>
/// The clocks of one running execution: total time, time without output, and time without a follower. Each that runs out asks for a stop, once. While the execution is
/// paused they stand still.
/// </summary>
internal sealed class ExecutionClocks : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ExecutionPlan _plan;
    private readonly JournalHead _head;
    private readonly TimeProvider _time;
    private readonly Action<StopReason> _stop;
    private readonly ITimer _total;
    private readonly ITimer _idle;
    private readonly AbandonClock? _abandoned;
    private TimeSpan _ran;
    private TimeSpan _silent;
    private long _runsSince;
    private bool _standing = true;

    /// <param name="plan">How long it may take.</param>
    /// <param name="head">Tells when it wrote last.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Asked when a time is over.</param>
    /// <param name="ran">How long it has run under an earlier server, pauses aside.</param>
    /// <param name="silent">How long it had been silent then.</param>
    /// <param name="abandoned">Watches whether anybody follows it; null: nobody needs to.</param>
    public ExecutionClocks(
        ExecutionPlan plan,
        JournalHead head,
        TimeProvider time,
        Action<StopReason> stop,
        TimeSpan ran = default,
        TimeSpan silent = default,
        AbandonClock? abandoned = null)
    {
        (_plan, _head, _time, _stop, _ran, _silent, _abandoned) = (plan, head, time, stop, ran, silent, abandoned);
        _total = time.CreateTimer(_ => TellTotal(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _idle = time.CreateTimer(_ => LookForSilence(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Lets them go, or go on.</summary>
    public void Go()
    {
        lock (_gate)
        {
            if (_standing)
            {
                _standing = false;
                _runsSince = _time.GetTimestamp();
                Arm(_total, _plan.Timeout - _ran);
                Arm(_idle, _plan.IdleTimeout - _silent);
            }
        }

        _abandoned?.Go();
    }

    /// <summary>Lets them stand still.</summary>
    public void Stand()
    {
        lock (_gate)
        {
            if (!_standing)
            {
                _ran += _time.GetElapsedTime(_runsSince);
                _silent = Silence();
                _standing = true;
                _total.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _idle.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        _abandoned?.Stand();
    }

    public void Dispose()
    {
        _total.Dispose();
        _idle.Dispose();
        _abandoned?.Dispose();
    }

    private void TellTotal()
    {
        lock (_gate)
        {
            if (_standing)
            {
                return;
            }
        }

        _stop(new StopReason(EndCause.TimedOut, $"It ran longer than {_plan.Timeout!.Value.TotalSeconds:0.###} s."));
    }

    // Output does not touch the timer: it looks, when it is due, how long the silence has been.
    private void LookForSilence()
    {
        lock (_gate)
        {
            if (_standing)
            {
                return;
            }

            var left = _plan.IdleTimeout!.Value - Silence();
            if (left > TimeSpan.Zero)
            {
                Arm(_idle, left);
                return;
            }
        }

        _stop(new StopReason(EndCause.IdleTimedOut, $"It wrote nothing for {_plan.IdleTimeout.Value.TotalSeconds:0.###} s."));
    }

    private TimeSpan Silence() =>
        _head.LastTimestamp > _runsSince ? _time.GetElapsedTime(_head.LastTimestamp) : _silent + _time.GetElapsedTime(_runsSince);

    private static void Arm(ITimer timer, TimeSpan? due)
    {
        if (due is { } left)
        {
            timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
