using CcSignal.Contracts;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>Forgets executions that have ended, and gives their space back.</summary>
internal static class RemoveWrite
{
    // Free pages that new executions will soon use stay in the file: 2 MiB of them.
    private const int SparePages = 512;

    private const string FreePages = "PRAGMA incremental_vacuum(256)";
    private const string Find = "SELECT info FROM executions WHERE number = ?1 AND state = 'ended'";
    private const string ForgetTag = "DELETE FROM tags WHERE name = ?1 AND value = ?2 AND number = ?3";
    private const string ForgetCommandLine = "DELETE FROM command_lines WHERE number = ?1";
    private const string Forget = "DELETE FROM executions WHERE number = ?1";

    /// <summary>Forgets them; returns how many there were.</summary>
    public static int Apply(WriteSession session, IReadOnlyList<long> numbers) => numbers.Count(number => Apply(session, number));

    /// <summary>Gives some pages back to the disk; false: there are few left.</summary>
    public static bool Compact(WriteSession session)
    {
        if (session.Number("PRAGMA freelist_count") <= SparePages)
        {
            return false;
        }

        // A page a row: it is done when all are read (sqlite.org/pragma.html#pragma_incremental_vacuum).
        using var pages = session.Read(FreePages);
        while (pages.Read())
        {
        }

        return true;
    }

    private static bool Apply(WriteSession session, long number)
    {
        if (TagsOf(session, number) is not { } tags)
        {
            return false;
        }

        foreach (var (name, value) in tags)
        {
            session.Execute(ForgetTag, name, value, number);
        }

        session.Execute(ForgetCommandLine, number);
        session.Execute(Forget, number);
        return true;
    }

    // Null: it is not there, or has not ended.
    private static IReadOnlyDictionary<string, string>? TagsOf(WriteSession session, long number)
    {
        using var row = session.Read(Find, number);
        return row.Read() ? StoredInfo.Read<ExecutionInfo>(row.GetString(0)).Tags : null;
    }
}
