using CcSignal.Contracts;
using Microsoft.Data.Sqlite;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>Begins an epoch: what earlier ones left belongs to this server now, and their tokens are void.</summary>
internal static class ReconcileWrite
{
    private const string NewEpoch = "INSERT INTO nodes (node, epoch) VALUES (?1, 1) ON CONFLICT (node) DO UPDATE SET epoch = epoch + 1 RETURNING epoch";

    private const string Left =
        """
        SELECT number, info, state, attempt, started_at, process_id, process_start, boot_id, terms FROM executions
        WHERE node = ?1 AND state IN ('starting','running','paused') ORDER BY number
        """;

    private const string Own = "UPDATE executions SET epoch = ?2, token = ?3 WHERE number = ?1";

    private const string Waiting =
        """
        SELECT q.number, q.request, q.deadline, e.info, e.attempt FROM queue AS q JOIN executions AS e ON e.number = q.number
        ORDER BY q.priority DESC, q.turn, q.number
        """;

    public static Reconciliation Apply(WriteSession session)
    {
        var epoch = session.Number(NewEpoch, QueueReads.Node);
        var inherited = Inherited(session);
        foreach (var execution in inherited)
        {
            session.Execute(Own, execution.Number, epoch, execution.Token);
        }

        return new Reconciliation(epoch, inherited, Queued(session));
    }

    private static List<InheritedExecution> Inherited(WriteSession session)
    {
        var found = new List<InheritedExecution>();
        using var row = session.Read(Left, QueueReads.Node);
        while (row.Read())
        {
            var process = row.IsDBNull(5) ? null : new ProcessIdentity(row.GetInt32(5), row.GetInt64(6), row.GetString(7));
            var info = StoredInfo.Compose(row.GetString(1), row.GetString(2), row.GetInt32(3), row.IsDBNull(4) ? null : row.GetInt64(4), process?.ProcessId);
            var request = RequestTerms.Restore(StoredInfo.Read<ExecutionRequest>(row.GetString(8)), info);
            found.Add(new InheritedExecution(row.GetInt64(0), Tokens.Next(), request, info, process));
        }

        return found;
    }

    private static List<QueuedExecution> Queued(WriteSession session)
    {
        var found = new List<QueuedExecution>();
        using var row = session.Read(Waiting);
        while (row.Read())
        {
            var info = StoredInfo.Compose(row.GetString(3), StoredState.Queued, row.GetInt32(4), null, null);
            found.Add(new QueuedExecution(row.GetInt64(0), StoredInfo.Read<ExecutionRequest>(row.GetString(1)), info with { QueuePosition = found.Count + 1 }, Deadline(row)));
        }

        return found;
    }

    private static long? Deadline(SqliteDataReader row) => row.IsDBNull(2) ? null : row.GetInt64(2);
}
