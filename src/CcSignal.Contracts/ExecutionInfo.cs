namespace CcSignal.Contracts;

/// <summary>What is known of an execution at one moment. Values of environment variables are never in it.</summary>
public sealed record ExecutionInfo
{
    /// <summary>The execution's name: the client's, or a time-ordered one of the server.</summary>
    public required string Id { get; init; }

    /// <summary>The policy it runs under.</summary>
    public required string Profile { get; init; }

    /// <summary>The command as requested.</summary>
    public required string Command { get; init; }

    /// <summary>The arguments as requested.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Where it runs: an absolute path.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The pseudo-terminal's size, if it has one.</summary>
    public TerminalSize? Terminal { get; init; }

    /// <summary>Who started it.</summary>
    public required string Owner { get; init; }

    /// <summary>The labels given at start.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The node that runs it.</summary>
    public required string Node { get; init; }

    /// <summary>Where in its life it is.</summary>
    public required ExecutionState State { get; init; }

    /// <summary>When it was accepted, Unix milliseconds.</summary>
    public required long QueuedAt { get; init; }

    /// <summary>When its process started, Unix milliseconds.</summary>
    public long? StartedAt { get; init; }

    /// <summary>When it ended, Unix milliseconds.</summary>
    public long? EndedAt { get; init; }

    /// <summary>Its place in the queue, from 1; only while queued.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>
    /// When it will start if the queue goes on as fast as it did lately, Unix milliseconds; only while queued, and only once the queue's pace is known.
    /// </summary>
    public long? ExpectedStartAt { get; init; }

    /// <summary>Which attempt this is, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The root process, as its node numbers it; only once it has started.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The last recorded sequence number; 0 before the first output.</summary>
    public long Sequence { get; init; }

    /// <summary>Recorded bytes of standard output.</summary>
    public long StdoutBytes { get; init; }

    /// <summary>Recorded bytes of standard error.</summary>
    public long StderrBytes { get; init; }

    /// <summary>User and system time of the root process and its awaited children in seconds, once known (getrusage(2)).</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>Peak resident memory of the largest process in bytes, once known (getrusage(2)); absent where it was not above the server's own.</summary>
    public long? MaxRssBytes { get; init; }

    /// <summary>How and why it ended; set exactly when <see cref="State"/> is <see cref="ExecutionState.Ended"/>.</summary>
    public ExecutionEnd? End { get; init; }

    /// <summary>What an adapter understood of an agent's output.</summary>
    public AgentInfo? Agent { get; init; }
}
