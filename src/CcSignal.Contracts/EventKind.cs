using System.Text.Json.Serialization;

namespace CcSignal.Contracts;

/// <summary>What an <see cref="ExecutionEvent"/> tells.</summary>
[JsonConverter(typeof(WireEnumConverter<EventKind>))]
public enum EventKind
{
    /// <summary>The first event of every stream: the execution as it is, and the subscription's name.</summary>
    Snapshot,

    /// <summary>Bytes the command wrote.</summary>
    Output,

    /// <summary>State, queue position or attempt changed.</summary>
    State,

    /// <summary>Something a person should know.</summary>
    Notice,

    /// <summary>Bytes this reader will not get; never silent.</summary>
    Gap,

    /// <summary>After <see cref="Defaults.HeartbeatSeconds"/> without anything else.</summary>
    Heartbeat,

    /// <summary>Exactly once, last; the stream then completes.</summary>
    Ended,
}
