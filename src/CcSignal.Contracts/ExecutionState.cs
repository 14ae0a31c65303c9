using System.Text.Json.Serialization;

namespace CcSignal.Contracts;

/// <summary>Where in its life an execution is.</summary>
[JsonConverter(typeof(WireEnumConverter<ExecutionState>))]
public enum ExecutionState
{
    /// <summary>Accepted and durably recorded; not started.</summary>
    Queued,

    /// <summary>Its process runs, or its output is still being read.</summary>
    Running,

    /// <summary>The whole tree is frozen; every clock of the execution stands still.</summary>
    Paused,

    /// <summary>Over; <see cref="ExecutionInfo.End"/> says why.</summary>
    Ended,
}
