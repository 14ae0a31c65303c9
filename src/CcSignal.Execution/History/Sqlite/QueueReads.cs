namespace CcSignal.Execution.History.Sqlite;

/// <summary>What writes have to know of the queue, read inside their transaction.</summary>
internal static class QueueReads
{
    /// <summary>The only node that a file has.</summary>
    public const int Node = 0;

    internal const string CountActive = "SELECT COUNT(*) FROM executions WHERE node = ?1 AND state IN ('starting','running','paused')";
    internal const string CountQueue = "SELECT COALESCE(SUM(waiting), 0) FROM queue_lengths";

    // Three values: its priority, its turn, its number. Each count is a range of the index that a claim goes by.
    internal const string CountBefore =
        """
        SELECT (SELECT COALESCE(SUM(waiting), 0) FROM queue_lengths WHERE priority > ?1)
             + (SELECT COUNT(*) FROM queue WHERE blocked = 0 AND priority = ?1 AND (turn, number) < (?2, ?3))
             + (SELECT COUNT(*) FROM queue WHERE blocked = 1 AND priority = ?1 AND (turn, number) < (?2, ?3))
        """;

    // Counting costs a millisecond for each 20,000 before it; a start does not wait for that.
    private const int LongQueue = 5000;

    private const string Entry = "SELECT priority, turn FROM queue WHERE number = ?1";

    /// <summary>Entries that wait.</summary>
    public static int Length(WriteSession session) => (int)session.Number(CountQueue);

    /// <summary>Places in use.</summary>
    public static int Active(WriteSession session) => (int)session.Number(CountActive, Node);

    /// <summary>The place of an entry, from 1; null in a long queue, where it is told a moment later.</summary>
    public static int? Position(WriteSession session, long number)
    {
        var (priority, turn) = PlaceOf(session, number);
        return Length(session) > LongQueue ? null : (int)session.Number(CountBefore, priority, turn, number) + 1;
    }

    private static (long Priority, long Turn) PlaceOf(WriteSession session, long number)
    {
        using var row = session.Read(Entry, number);
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1));
    }
}
