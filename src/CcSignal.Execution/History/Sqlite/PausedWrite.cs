namespace CcSignal.Execution.History.Sqlite;

/// <summary>Records that a running execution is paused, or runs again.</summary>
internal static class PausedWrite
{
    private const string Update = "UPDATE executions SET state = ?3 WHERE number = ?1 AND token = ?2 AND state IN ('running','paused')";

    public static bool Apply(WriteSession session, long number, long token, bool paused) =>
        session.Execute(Update, number, token, paused ? StoredState.Paused : StoredState.Running) == 1;
}
