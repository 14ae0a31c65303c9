using CcSignal.Contracts;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>Takes executions out of the queue into the free places of this node.</summary>
internal static class ClaimWrite
{
    private const string Epoch = "SELECT epoch FROM nodes WHERE node = ?1";

    internal const string Next = "SELECT number, priority, turn FROM queue WHERE blocked = 0 ORDER BY priority DESC, turn, number LIMIT ?1";

    private const string Read = "SELECT q.request, e.info, e.attempt FROM queue AS q JOIN executions AS e ON e.number = q.number WHERE q.number = ?1";
    private const string Own = "UPDATE executions SET state = 'starting', node = ?2, epoch = ?3, token = ?4 WHERE number = ?1";
    private const string Forget = "DELETE FROM queue WHERE number = ?1";

    public static IReadOnlyList<ClaimedExecution> Apply(WriteSession session, int maxRunning, long epoch, string path, long now, TimeSpan ageing)
    {
        if (session.Number(Epoch, QueueReads.Node) != epoch)
        {
            throw new StoreException(StoreFault.Displaced, $"Another server has opened {path} after this one. Stop one of the two, or give each its own CcSignal:DataDirectory.");
        }

        var free = maxRunning - QueueReads.Active(session);
        if (free <= 0)
        {
            return [];
        }

        QueueOrder.Age(session, now, ageing);
        return [.. First(session, free).Select(entry => Take(session, entry, epoch))];
    }

    private static List<(long Number, long Priority, long Turn)> First(WriteSession session, int count)
    {
        var entries = new List<(long, long, long)>();
        using var rows = session.Read(Next, count);
        while (rows.Read())
        {
            entries.Add((rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2)));
        }

        return entries;
    }

    private static ClaimedExecution Take(WriteSession session, (long Number, long Priority, long Turn) entry, long epoch)
    {
        var (number, token) = (entry.Number, Tokens.Next());
        var (request, info) = Waiting(session, number);
        session.Execute(Own, number, QueueReads.Node, epoch, token);
        session.Execute(Forget, number);
        QueueOrder.Served(session, entry.Priority, entry.Turn);
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
