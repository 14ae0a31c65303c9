namespace CcSignal.Execution.History.Model;

/// <summary>One execution that waits. The row goes when it is claimed, and with it the environment of the request.</summary>
internal sealed class QueueRow
{
    public long Number { get; init; }

    public required string Owner { get; init; }

    public int Shard { get; init; }

    /// <summary>As asked for; higher once it has waited long.</summary>
    public int Priority { get; init; }

    /// <summary>Its owner's turn among those of this priority.</summary>
    public long Turn { get; init; }

    /// <summary>When its priority rises, Unix milliseconds, if others of a higher one wait then.</summary>
    public long AgesAt { get; init; }

    /// <summary>Another of its owner with its exclusive key comes first.</summary>
    public bool Blocked { get; init; }

    public string? ExclusiveKey { get; init; }

    /// <summary>When its time in the queue is over, Unix milliseconds.</summary>
    public long? Deadline { get; init; }

    /// <summary>The whole <see cref="Contracts.ExecutionRequest"/>.</summary>
    public required string Request { get; init; }
}
