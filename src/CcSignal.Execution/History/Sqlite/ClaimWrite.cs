using CcSignal.Contracts;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>Takes executions out of the queue into the free places of this node.</summary>
internal static class ClaimWrite
{
    private const string Epoch = "SELECT epoch FROM nodes WHERE node = ?1";

    internal const string Next =
        """
        SELECT number FROM queue AS q
        WHERE q.exclusive_key IS NULL
           OR (NOT EXISTS (SELECT 1 FROM queue AS b WHERE b.owner = q.owner AND b.exclusive_key = q.exclusive_key AND b.number < q.number)
           AND NOT EXISTS (SELECT 1 FROM executions AS r WHERE r.owner = q.owner AND r.exclusive_key = q.exclusive_key AND r.state IN ('starting','running','paused')))
        ORDER BY q.priority DESC, q.number
        LIMIT ?1
        """;

    private const string Read = "SELECT q.request, e.info, e.attempt FROM queue AS q JOIN executions AS e ON e.number = q.number WHERE q.number = ?1";
    private const string Own = "UPDATE executions SET state = 'starting', node = ?2, epoch = ?3, token = ?4 WHERE number = ?1";
    private const string Forget = "DELETE FROM queue WHERE number = ?1";

    public static IReadOnlyList<ClaimedExecution> Apply(WriteSession session, int maxRunning, long epoch, string path)
    {
        if (session.Number(Epoch, QueueReads.Node) != epoch)
        {
            throw new StoreException(StoreFault.Displaced, $"Another server has opened {path} after this one. Stop one of the two, or give each its own CcSignal:DataDirectory.");
        }

        var free = maxRunning - QueueReads.Active(session);
        return free <= 0 ? [] : [.. Numbers(session, free).Select(number => Take(session, number, epoch))];
    }

    private static List<long> Numbers(WriteSession session, int free)
    {
        var numbers = new List<long>();
        using var rows = session.Read(Next, free);
        while (rows.Read())
        {
            numbers.Add(rows.GetInt64(0));
        }

        return numbers;
    }

    private static ClaimedExecution Take(WriteSession session, long number, long epoch)
    {
        var token = Tokens.Next();
        var (request, info) = Waiting(session, number);
        session.Execute(Own, number, QueueReads.Node, epoch, token);
        session.Execute(Forget, number);
        session.SecretsLeft |= request.Environment is { Count: > 0 };
        return new ClaimedExecution(number, token, request, info);
    }

    private static (ExecutionRequest Request, ExecutionInfo Info) Waiting(WriteSession session, long number)
    {
        using var row = session.Read(Read, number);
        row.Read();
        return (StoredInfo.Read<ExecutionRequest>(row.GetString(0)), StoredInfo.Compose(row.GetString(1), StoredState.Starting, row.GetInt32(2), null, null));
    }
}
