namespace CcSignal.Execution.History.Model;

/// <summary>One execution that waits. The row goes when it is claimed, and with it the environment of the request.</summary>
internal sealed class QueueRow
{
    public long Number { get; init; }

    public required string Owner { get; init; }

    public int Shard { get; init; }

    public int Priority { get; init; }

    public string? ExclusiveKey { get; init; }

    /// <summary>When its time in the queue is over, Unix milliseconds.</summary>
    public long? Deadline { get; init; }

    /// <summary>The whole <see cref="Contracts.ExecutionRequest"/>.</summary>
    public required string Request { get; init; }
}
