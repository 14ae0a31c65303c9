namespace CcSignal.Execution.History.Sqlite;

/// <summary>What the recording of an execution has on the disk since it was tried to compress; the totals follow by a trigger.</summary>
internal static class CompressedWrite
{
    private const string Compressed = "UPDATE executions SET recorded_bytes = ?2, compression_tried = 1 WHERE number = ?1 AND state = 'ended'";

    /// <summary>Records it; returns how many there were.</summary>
    public static int Apply(WriteSession session, long number, long bytes) => session.Execute(Compressed, number, bytes);
}
