namespace CcSignal.Execution.History;

/// <summary>What became of a start.</summary>
internal enum StartResult
{
    /// <summary>It is recorded and waits in the queue.</summary>
    Created,

    /// <summary>The same request of the same owner under the same id was there before.</summary>
    Existing,

    /// <summary>The id belongs to another request or another owner.</summary>
    Conflict,

    /// <summary>As many wait as may wait.</summary>
    QueueFull,
}
