using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>An admitted request on its way into the store.</summary>
internal sealed record NewExecution
{
    /// <summary>From <see cref="IExecutionStore.Numbers"/>. <see cref="ExecutionInfo.QueuedAt"/> should be its <see cref="ExecutionNumber.TimeOf"/>, so that filters of time and the times shown agree.</summary>
    public required long Number { get; init; }

    /// <summary>The execution as accepted: id, owner, resolved profile and directory, state <see cref="ExecutionState.Queued"/>.</summary>
    public required ExecutionInfo Info { get; init; }

    /// <summary>The whole request with what it adds to the environment; kept until it is claimed.</summary>
    public required ExecutionRequest Request { get; init; }

    /// <summary><see cref="RequestFingerprint.Of"/> the request as it came, before the server filled anything in.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>How many may wait, besides those for which a place is free.</summary>
    public required int MaxQueued { get; init; }

    /// <summary>Places of this node, as for <see cref="IExecutionStore.ClaimAsync"/>.</summary>
    public required int MaxRunning { get; init; }

    /// <summary>When its time in the queue is over, Unix milliseconds; null: never.</summary>
    public long? Deadline { get; init; }
}
