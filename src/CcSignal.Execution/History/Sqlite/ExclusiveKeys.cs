namespace CcSignal.Execution.History.Sqlite;

/// <summary>
/// Of the entries of one owner that share a key only the first may be taken, and only when none that shares it is active. Which may not is marked in the queue, so that a
/// claim need not look at them.
/// </summary>
internal static class ExclusiveKeys
{
    private const string InUse =
        """
        SELECT EXISTS (SELECT 1 FROM queue WHERE owner = ?1 AND exclusive_key = ?2)
            OR EXISTS (SELECT 1 FROM executions WHERE owner = ?1 AND exclusive_key = ?2 AND state IN ('starting','running','paused'))
        """;

    private const string Release =
        """
        UPDATE queue SET blocked = 0
        WHERE number = (SELECT MIN(number) FROM queue WHERE owner = ?1 AND exclusive_key = ?2)
          AND NOT EXISTS (SELECT 1 FROM executions WHERE owner = ?1 AND exclusive_key = ?2 AND state IN ('starting','running','paused'))
        """;

    private const string KeyOf = "SELECT owner, exclusive_key FROM executions WHERE number = ?1 AND exclusive_key IS NOT NULL";

    /// <summary>Whether a new entry has to wait for another with its key.</summary>
    public static bool Blocks(WriteSession session, string owner, string? key) => key is not null && session.Number(InUse, owner, key) == 1;

    /// <summary>Lets the next one with the key of this execution, which has ended, be taken.</summary>
    public static void ReleaseOf(WriteSession session, long number)
    {
        if (Find(session, number) is { } held)
        {
            session.Execute(Release, held.Owner, held.Key);
        }
    }

    private static (string Owner, string Key)? Find(WriteSession session, long number)
    {
        using var row = session.Read(KeyOf, number);
        return row.Read() ? (row.GetString(0), row.GetString(1)) : null;
    }
}
