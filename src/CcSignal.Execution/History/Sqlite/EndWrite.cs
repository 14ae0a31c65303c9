using CcSignal.Contracts;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>The fenced end: conditional on the token, one row or none, and it knows its own repeat.</summary>
internal static class EndWrite
{
    private const string End =
        """
        UPDATE executions SET state = 'ended', cause = ?3, ended_at = ?4, started_at = ?5, attempt = ?6, info = ?7, recorded_bytes = ?8, terms = NULL
        WHERE number = ?1 AND token = ?2 AND state IN ('starting','running','paused')
        """;

    // Of the journal, which stands above the history: docs/journal.md.
    private const int IndexRecordBytes = 24;

    private const string EndQueued =
        "UPDATE executions SET state = 'ended', cause = ?2, ended_at = ?3, info = ?4, terms = NULL WHERE number = ?1 AND state = 'queued'";

    private const string Repeated = "SELECT COUNT(*) FROM executions WHERE number = ?1 AND token = ?2 AND state = 'ended'";
    private const string LeaveQueue = "DELETE FROM queue WHERE number = ?1";

    public static EndOutcome Apply(WriteSession session, long number, long token, ExecutionInfo final)
    {
        var ended = session.Execute(
            End, number, token, ListFilter.WireName(final.End!.Cause), final.EndedAt, final.StartedAt, final.Attempt, StoredInfo.Write(final),
            RecordedBytes(final)) == 1;
        if (ended)
        {
            ExclusiveKeys.ReleaseOf(session, number);
        }

        return ended ? EndOutcome.Ended
            : session.Number(Repeated, number, token) == 1 ? EndOutcome.AlreadyEnded
            : EndOutcome.Fenced;
    }

    private static long RecordedBytes(ExecutionInfo final) => final.StdoutBytes + final.StderrBytes + final.Sequence * IndexRecordBytes;

    public static bool ApplyQueued(WriteSession session, long number, ExecutionInfo final)
    {
        if (session.Execute(EndQueued, number, ListFilter.WireName(final.End!.Cause), final.EndedAt, StoredInfo.Write(final)) == 0)
        {
            return false;
        }

        session.Execute(LeaveQueue, number);
        ExclusiveKeys.ReleaseOf(session, number);
        session.SecretsLeft = true;
        return true;
    }
}
