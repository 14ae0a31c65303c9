namespace CcSignal.Execution.History;

/// <summary>What a recorded start or end survives.</summary>
internal enum Durability
{
    /// <summary>The end of the server process, however sudden. A power cut can take the last moments, never the consistency.</summary>
    Process,

    /// <summary>A power cut too: every group of writes waits for the disk (fsync(2)).</summary>
    Power,
}
