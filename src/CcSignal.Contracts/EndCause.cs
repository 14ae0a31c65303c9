using System.Text.Json.Serialization;

namespace CcSignal.Contracts;

/// <summary>Why an execution ended.</summary>
[JsonConverter(typeof(WireEnumConverter<EndCause>))]
public enum EndCause
{
    /// <summary>By itself, with an exit code.</summary>
    Exited,

    /// <summary>By a signal that was not ours.</summary>
    Signaled,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>It ran longer than it may.</summary>
    TimedOut,

    /// <summary>It was silent longer than it may be.</summary>
    IdleTimedOut,

    /// <summary>It waited in the queue longer than it may.</summary>
    QueueTimedOut,

    /// <summary>It wrote more than it may.</summary>
    OutputLimit,

    /// <summary>It used more memory than it may.</summary>
    MemoryLimit,

    /// <summary>It used more CPU time than it may.</summary>
    CpuLimit,

    /// <summary>Its output could not be recorded any more.</summary>
    DiskFull,

    /// <summary>Nobody followed it.</summary>
    Abandoned,

    /// <summary>It could not be started; <see cref="ExecutionEnd.Code"/> says why.</summary>
    StartFailed,

    /// <summary>Its node died or lost its record; what happened after <see cref="ExecutionInfo.Sequence"/> is not known.</summary>
    Lost,

    /// <summary>Stopped with the server.</summary>
    ServerStopped,
}
