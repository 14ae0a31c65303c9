namespace CcSignal.Client;

/// <summary>
/// How a lost connection is built again. Each wait is drawn between nothing and a bound that doubles from <see cref="FirstDelay"/> to
/// <see cref="MaxDelay"/> (full jitter), so that a thousand clients of one restarted server do not come all at once.
/// </summary>
/// <example>
/// <code>
/// new CcSignalClientOptions { Reconnect = new() { MaxDuration = TimeSpan.FromMinutes(5) } }
/// </code>
/// </example>
public sealed record ReconnectPolicy
{
    /// <summary>Until it succeeds, or the server says that it never will. The default.</summary>
    public static ReconnectPolicy Forever { get; } = new();

    /// <summary>Not at all: an interruption ends every stream and call with <see cref="ConnectionLostException"/>.</summary>
    public static ReconnectPolicy Never { get; } = new() { MaxAttempts = 0 };

    /// <summary>At most so many attempts after one interruption; null, the default: no bound.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>No attempt later than this after the interruption; null, the default: no bound.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>The bound of the first wait. 100 ms by default.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The bound of every later wait. 10 seconds by default.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether nothing is ever tried.</summary>
    internal bool IsNever => MaxAttempts <= 0 || MaxDuration <= TimeSpan.Zero;

    /// <summary>The wait before an attempt, of which so many have failed; <paramref name="share"/> is drawn from 0 to 1.</summary>
    internal TimeSpan DelayAfter(int failed, double share)
    {
        var bound = FirstDelay * Math.Pow(2, Math.Min(failed, 30));
        return share * (bound < MaxDelay ? bound : MaxDelay);
    }
}
