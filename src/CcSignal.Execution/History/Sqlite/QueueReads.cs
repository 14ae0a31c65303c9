namespace CcSignal.Execution.History.Sqlite;

/// <summary>What writes have to know of the queue, read inside their transaction.</summary>
internal static class QueueReads
{
    /// <summary>The only node that a file has.</summary>
    public const int Node = 0;

    internal const string CountActive = "SELECT COUNT(*) FROM executions WHERE node = ?1 AND state IN ('starting','running','paused')";

    // What comes after is counted and not what comes before: for the newest, which is asked for most, that is nothing.
    internal const string CountBefore =
        """
        SELECT (SELECT COALESCE(SUM(waiting), 0) FROM queue_lengths WHERE priority >= ?1)
             - (SELECT COUNT(*) FROM queue WHERE priority = ?1 AND number >= ?2)
        """;

    private const string CountQueue = "SELECT COALESCE(SUM(waiting), 0) FROM queue_lengths";
    private const string Priority = "SELECT priority FROM queue WHERE number = ?1";

    /// <summary>Entries that wait.</summary>
    public static int Length(WriteSession session) => (int)session.Number(CountQueue);

    /// <summary>Places in use.</summary>
    public static int Active(WriteSession session) => (int)session.Number(CountActive, Node);

    /// <summary>The place of an entry, from 1.</summary>
    public static int Position(WriteSession session, long number) => Position(session, (int)session.Number(Priority, number), number);

    /// <summary>The place of an entry of this priority, from 1.</summary>
    public static int Position(WriteSession session, int priority, long number) => (int)session.Number(CountBefore, priority, number) + 1;
}
