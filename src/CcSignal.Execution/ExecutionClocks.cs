using CcSignal.Contracts;
using CcSignal.Execution.Admission;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution;

/// <summary>The clocks of one running execution: total time, and time without output. Each that runs out asks for a stop, once.</summary>
internal sealed class ExecutionClocks : IDisposable
{
    private readonly TimeProvider _time;
    private readonly JournalHead _head;
    private readonly TimeSpan _idleTimeout;
    private readonly Action<StopReason> _stop;
    private readonly long _started;
    private readonly ITimer? _total;
    private readonly ITimer? _idle;

    public ExecutionClocks(ExecutionPlan plan, JournalHead head, TimeProvider time, Action<StopReason> stop)
    {
        _time = time;
        _head = head;
        _stop = stop;
        _started = time.GetTimestamp();
        if (plan.Timeout is { } timeout)
        {
            var reason = new StopReason(EndCause.TimedOut, $"It ran longer than {timeout.TotalSeconds:0.###} s.");
            _total = time.CreateTimer(_ => stop(reason), null, timeout, Timeout.InfiniteTimeSpan);
        }

        if (plan.IdleTimeout is { } idle)
        {
            // Output does not touch the timer: it looks, when it is due, how long the silence has been.
            _idleTimeout = idle;
            _idle = time.CreateTimer(_ => LookForSilence(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _idle.Change(idle, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _total?.Dispose();
        _idle?.Dispose();
    }

    private void LookForSilence()
    {
        var silence = _time.GetElapsedTime(Math.Max(_started, _head.LastTimestamp));
        if (silence >= _idleTimeout)
        {
            _stop(new StopReason(EndCause.IdleTimedOut, $"It wrote nothing for {_idleTimeout.TotalSeconds:0.###} s."));
        }
        else
        {
            _idle?.Change(_idleTimeout - silence, Timeout.InfiniteTimeSpan);
        }
    }
}
