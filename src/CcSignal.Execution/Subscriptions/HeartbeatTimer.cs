namespace CcSignal.Execution.Subscriptions;

/// <summary>
/// Says when a stream has been silent for an interval. Sending only notes the time; one timer runs an interval at a time, however
/// much is sent.
/// </summary>
internal sealed class HeartbeatTimer(TimeProvider time, TimeSpan interval) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private long _lastBeat = time.GetTimestamp();
    private Task? _due;

    /// <summary>Completes when it is time to look.</summary>
    public Task Due => _due ??= Task.Delay(Remaining(), time, _stop.Token);

    /// <summary>Something was sent.</summary>
    public void Beat() => _lastBeat = time.GetTimestamp();

    /// <summary>Whether the interval is over; then a new one begins.</summary>
    public bool Take()
    {
        if (_due is not { IsCompleted: true })
        {
            return false;
        }

        _due = null;
        if (Silence() < interval)
        {
            return false;
        }

        Beat();
        return true;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private TimeSpan Remaining() => Silence() < interval ? interval - Silence() : TimeSpan.Zero;

    private TimeSpan Silence() => time.GetElapsedTime(_lastBeat);
}
