using CcSignal.Contracts;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>Records an execution and its place in the queue, or finds the one that was there.</summary>
internal static class StartWrite
{
    private const string Find = "SELECT owner, fingerprint, number, info, state, attempt, started_at, process_id FROM executions WHERE id = ?1";

    private const string AddExecution =
        """
        INSERT INTO executions (number, id, owner, profile, state, shard, attempt, exclusive_key, queued_at, fingerprint, terms, info)
        VALUES (?1, ?2, ?3, ?4, 'queued', ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """;

    private const string AddCommandLine = "INSERT INTO command_lines (number, text) VALUES (?1, ?2)";

    private const string AddTag = "INSERT INTO tags (name, value, number) VALUES (?1, ?2, ?3)";

    private const string AddToQueue =
        """
        INSERT INTO queue (number, owner, shard, priority, exclusive_key, deadline, request, turn, ages_at, blocked)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """;

    public static StartOutcome Apply(WriteSession session, NewExecution execution, TimeSpan ageing)
    {
        var info = execution.Info with { QueuePosition = null, ExpectedStartAt = null };
        if (Known(session, execution) is { } known)
        {
            return known;
        }

        // An entry for which a place is free does not wait; it only passes through.
        var free = Math.Max(0, execution.MaxRunning - QueueReads.Active(session));
        if (QueueReads.Length(session) - free >= execution.MaxQueued)
        {
            return new StartOutcome(StartResult.QueueFull, null);
        }

        var (number, request, shard) = (execution.Number, execution.Request, Shard.Of(info.Owner));
        session.Execute(
            AddExecution,
            number, info.Id, info.Owner, info.Profile, shard, info.Attempt, request.ExclusiveKey, info.QueuedAt, execution.Fingerprint,
            StoredInfo.Write(RequestTerms.Of(request)), StoredInfo.Write(info));
        session.Execute(AddCommandLine, number, CommandLine.Of(info.Command, info.Arguments));
        foreach (var (name, value) in info.Tags)
        {
            session.Execute(AddTag, name, value, number);
        }

        session.Execute(
            AddToQueue,
            number, info.Owner, shard, request.Priority, request.ExclusiveKey, execution.Deadline, StoredInfo.Write(request),
            QueueOrder.TurnOf(session, info.Owner, request.Priority), ExecutionNumber.TimeOf(number) + (long)ageing.TotalMilliseconds,
            ExclusiveKeys.Blocks(session, info.Owner, request.ExclusiveKey));
        return new StartOutcome(StartResult.Created, info with { QueuePosition = QueueReads.Position(session, number) });
    }

    private static StartOutcome? Known(WriteSession session, NewExecution execution)
    {
        using var row = session.Read(Find, execution.Info.Id);
        if (!row.Read())
        {
            return null;
        }

        var same = row.GetString(0) == execution.Info.Owner && row.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(execution.Fingerprint);
        return same ? new StartOutcome(StartResult.Existing, InfoOf(session, row)) : new StartOutcome(StartResult.Conflict, null);
    }

    private static ExecutionInfo InfoOf(WriteSession session, Microsoft.Data.Sqlite.SqliteDataReader row)
    {
        var state = row.GetString(4);
        var info = StoredInfo.Compose(row.GetString(3), state, row.GetInt32(5), row.IsDBNull(6) ? null : row.GetInt64(6), row.IsDBNull(7) ? null : row.GetInt32(7));
        return state == StoredState.Queued ? info with { QueuePosition = QueueReads.Position(session, row.GetInt64(2)) } : info;
    }
}
