using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>The states in the store: those of the wire, and <see cref="Starting"/> between the claim and the process.</summary>
internal static class StoredState
{
    /// <summary>Waits in the queue.</summary>
    public const string Queued = "queued";

    /// <summary>A node has taken it and may have started it. To clients it is still queued.</summary>
    public const string Starting = "starting";

    /// <summary>Its process is known.</summary>
    public const string Running = "running";

    /// <summary>Frozen.</summary>
    public const string Paused = "paused";

    /// <summary>Over.</summary>
    public const string Ended = "ended";

    /// <summary>What clients see.</summary>
    public static ExecutionState ToWire(string state) => state switch
    {
        Queued or Starting => ExecutionState.Queued,
        Running => ExecutionState.Running,
        Paused => ExecutionState.Paused,
        Ended => ExecutionState.Ended,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state in the history."),
    };

    /// <summary>What is stored for a state that a client names.</summary>
    public static IReadOnlyList<string> FromWire(ExecutionState state) => state switch
    {
        ExecutionState.Queued => [Queued, Starting],
        ExecutionState.Running => [Running],
        ExecutionState.Paused => [Paused],
        ExecutionState.Ended => [Ended],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state on the wire."),
    };
}
