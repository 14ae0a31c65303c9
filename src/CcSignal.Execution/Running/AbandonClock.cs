using CcSignal.Contracts;
using CcSignal.Execution.Subscriptions;

namespace CcSignal.Execution.Running;

/// <summary>
/// Asks for a stop, once, when nobody has followed an execution for its patience. Every follower who comes sets it back; while the execution is paused it
/// stands still.
/// </summary>
internal sealed class AbandonClock : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _patience;
    private readonly Followers _followers;
    private readonly TimeProvider _time;
    private readonly Action<StopReason> _stop;
    private readonly Action<bool> _changed;
    private readonly ITimer _timer;
    private TimeSpan _alone;
    private long _since;
    private bool _followed;
    private bool _standing = true;

    /// <param name="patience">How long nobody may follow.</param>
    /// <param name="followers">Who does.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Asked when the patience is over.</param>
    /// <param name="changed">Told when the first comes and the last goes; and at once, if somebody follows already.</param>
    /// <param name="alone">How long nobody had followed under an earlier server, pauses aside.</param>
    public AbandonClock(
        TimeSpan patience, Followers followers, TimeProvider time, Action<StopReason> stop, Action<bool> changed, TimeSpan alone = default)
    {
        (_patience, _followers, _time, _stop, _changed, _alone) = (patience, followers, time, stop, changed, alone);
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        followers.Watch(Change);
    }

    /// <summary>Lets it go, or go on.</summary>
    public void Go()
    {
        lock (_gate)
        {
            if (_standing)
            {
                _standing = false;
                _since = _time.GetTimestamp();
                Arm();
            }
        }
    }

    /// <summary>Lets it stand still.</summary>
    public void Stand()
    {
        lock (_gate)
        {
            if (!_standing)
            {
                _alone = Alone();
                _standing = true;
                Arm();
            }
        }
    }

    public void Dispose()
    {
        _followers.Watch(null);
        _timer.Dispose();
    }

    private void Change(bool followed)
    {
        lock (_gate)
        {
            _followed = followed;
            _alone = TimeSpan.Zero;
            _since = _time.GetTimestamp();
            Arm();
        }

        _changed(followed);
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_standing || _followed)
            {
                return;
            }

            if (Alone() < _patience)
            {
                Arm(); // another clock than the timer's: it may be a millisecond behind
                return;
            }
        }

        _stop(new StopReason(EndCause.Abandoned, $"Nobody followed it for {_patience.TotalSeconds:0.###} s."));
    }

    private TimeSpan Alone() => _followed ? TimeSpan.Zero : _standing ? _alone : _alone + _time.GetElapsedTime(_since);

    private void Arm()
    {
        var left = _patience - Alone();
        _timer.Change(_standing || _followed ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
