namespace CcSignal.Execution.History.Sqlite;

/// <summary>
/// The order of the queue: priority, then turn, then order of start. Owners take turns: each entry of an owner stands a turn behind the one before, and who
/// comes with nothing waiting begins at the turn that is served now (start-time fair queuing, Goyal, Vin and Cheng, 1996). What waits long while others of a
/// higher priority do rises, step by step, so nothing waits for ever. All of it stands in the rows, so a restart changes nothing.
/// </summary>
internal static class QueueOrder
{
    // Bounds what one claim does for the order.
    private const int MaxRises = 50;

    private const string NextTurn =
        """
        SELECT MAX(COALESCE((SELECT clock FROM queue_lengths WHERE priority = ?2), 0),
                   COALESCE((SELECT turn + 1 FROM queue_shares WHERE owner = ?1 AND priority = ?2), 0))
        """;

    private const string TakeTurn =
        "INSERT INTO queue_shares (owner, priority, turn) VALUES (?1, ?2, ?3) ON CONFLICT (owner, priority) DO UPDATE SET turn = excluded.turn";

    private const string Serve = "UPDATE queue_lengths SET clock = MAX(clock, ?2) WHERE priority = ?1";
    private const string Below = "SELECT priority FROM queue_lengths WHERE waiting > 0 AND priority < (SELECT MAX(priority) FROM queue_lengths WHERE waiting > 0)";
    private const string Due = "SELECT number, owner FROM queue WHERE priority = ?1 AND ages_at <= ?2 ORDER BY ages_at LIMIT ?3";
    private const string Rise = "UPDATE queue SET priority = ?2, turn = ?3, ages_at = ?4 WHERE number = ?1";

    /// <summary>Gives an owner its next turn among those of a priority.</summary>
    public static long TurnOf(WriteSession session, string owner, long priority)
    {
        var turn = session.Number(NextTurn, owner, priority);
        session.Execute(TakeTurn, owner, priority, turn);
        return turn;
    }

    /// <summary>Says that an entry of this turn was taken.</summary>
    public static void Served(WriteSession session, long priority, long turn) => session.Execute(Serve, priority, turn);

    /// <summary>Lets what has waited long rise one step, if something of a higher priority waits.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="step">How long one step of waiting is.</param>
    public static void Age(WriteSession session, long now, TimeSpan step)
    {
        foreach (var priority in PrioritiesBelow(session))
        {
            foreach (var (number, owner) in DueAt(session, priority, now))
            {
                session.Execute(Rise, number, priority + 1, TurnOf(session, owner, priority + 1), now + (long)step.TotalMilliseconds);
            }
        }
    }

    private static List<long> PrioritiesBelow(WriteSession session)
    {
        var priorities = new List<long>();
        using var rows = session.Read(Below);
        while (rows.Read())
        {
            priorities.Add(rows.GetInt64(0));
        }

        return priorities;
    }

    private static List<(long Number, string Owner)> DueAt(WriteSession session, long priority, long now)
    {
        var due = new List<(long, string)>();
        using var rows = session.Read(Due, priority, now, MaxRises);
        while (rows.Read())
        {
            due.Add((rows.GetInt64(0), rows.GetString(1)));
        }

        return due;
    }
}
