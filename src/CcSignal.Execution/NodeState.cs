namespace CcSignal.Execution;

/// <summary>Whether this node takes new work, and since when it stands.</summary>
internal sealed class NodeState(TimeProvider time)
{
    /// <summary>It looks after what an earlier server left.</summary>
    public const string Recovering = "recovering";

    /// <summary>It stops.</summary>
    public const string Draining = "draining";

    private volatile string? _notReady = Recovering;

    /// <summary>When it started, Unix milliseconds.</summary>
    public long StartedAt { get; } = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Why it takes no new work; null: it does.</summary>
    public string? NotReady => _notReady;

    /// <summary>It takes new work from now on.</summary>
    public void BecomeReady() => _notReady = null;

    /// <summary>It takes no new work any more.</summary>
    public void BeginDraining() => _notReady = Draining;
}
