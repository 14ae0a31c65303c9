namespace CcSignal.Execution.History.Sqlite;

/// <summary>Records the process of a claimed execution.</summary>
internal static class StartedWrite
{
    private const string Update =
        """
        UPDATE executions SET state = 'running', process_id = ?3, process_start = ?4, boot_id = ?5, started_at = ?6
        WHERE number = ?1 AND token = ?2 AND state = 'starting'
        """;

    public static bool Apply(WriteSession session, long number, long token, ProcessIdentity process, long startedAt) =>
        session.Execute(Update, number, token, process.ProcessId, process.StartTicks, process.BootId, startedAt) == 1;
}
