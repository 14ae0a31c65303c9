namespace CcSignal.Client.Connecting;

/// <summary>The waits between attempts at one thing, and how many of them there are.</summary>
internal sealed class Patience(ReconnectPolicy policy, TimeProvider time)
{
    private long _since = time.GetTimestamp();
    private int _failed;

    /// <summary>The time since then, or since something went well.</summary>
    public TimeSpan Spent => time.GetElapsedTime(_since);

    /// <summary>Something went well: all patience is there again.</summary>
    public void Restore() => (_since, _failed) = (time.GetTimestamp(), 0);

    /// <summary>Waits before the next attempt; false: there is to be none.</summary>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        var left = policy.MaxDuration - Spent;
        if (_failed >= policy.MaxAttempts || left <= TimeSpan.Zero)
        {
            return false;
        }

        var delay = policy.DelayAfter(_failed++, Random.Shared.NextDouble());
        await Task.Delay(left < delay ? left.Value : delay, time, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
