using CcSignal.Contracts;
using CcSignal.Execution.History;
using Microsoft.Data.Sqlite;

namespace CcSignal.Execution.Tests.History;

/// <summary>
/// Puts any number of ended executions into a history that exists, past the store: a million take a minute. What filters ask for is in them often, seldom and
/// once, as in life: most ended by themselves, one owner in two hundred starts little, one command is of its kind.
/// </summary>
internal static class LongHistory
{
    private static readonly string[] Commands = ["claude", "codex", "git", "make", "dotnet", "npm", "python3", "bash"];
    private static readonly string[] Words = ["test", "build", "--output-format", "stream-json", "src/main", "refactor the parser", "fix issue", "lint", "deploy", "report"];

    /// <summary>Adds so many, a second apart, the last of them a second ago.</summary>
    public static void Fill(string file, int count, DateTimeOffset now)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA synchronous = OFF");
        Run(connection, "PRAGMA cache_size = -262144");
        using var transaction = connection.BeginTransaction();
        using var executions = Prepare(
            connection,
            """
            INSERT INTO executions (number, id, owner, profile, state, cause, shard, node, epoch, token, attempt, queued_at, started_at, ended_at, fingerprint, info, recorded_bytes)
            VALUES (@number, @id, @owner, @profile, 'ended', @cause, 1, 0, 1, 1, 1, @at, @at, @at + 900, zeroblob(32), @info, 1048)
            """,
            "number", "id", "owner", "profile", "cause", "at", "info");
        using var lines = Prepare(connection, "INSERT INTO command_lines (number, text) VALUES (@number, @text)", "number", "text");
        using var tags = Prepare(connection, "INSERT INTO tags (name, value, number) VALUES (@name, @value, @number)", "name", "value", "number");
        var random = new Random(1);
        for (var i = 0; i < count; i++)
        {
            var info = Any(random, i, now.ToUnixTimeMilliseconds() - (count - i) * 1000L);
            var number = ExecutionNumber.FirstAt(info.QueuedAt);
            Run(executions, number, info.Id, info.Owner, info.Profile, ListFilter.WireName(info.End!.Cause), info.QueuedAt, StoredInfo.Write(info));
            Run(lines, number, CommandLine.Of(info.Command, info.Arguments));
            foreach (var (name, value) in info.Tags)
            {
                Run(tags, name, value, number);
            }
        }

        Run(connection, "INSERT INTO profile_totals SELECT profile, COUNT(*), SUM(recorded_bytes) FROM executions GROUP BY profile");
        transaction.Commit();
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static ExecutionInfo Any(Random random, int i, long at) => new()
    {
        Id = $"{i:x8}{random.NextInt64():x16}",
        Profile = random.Next(100) == 0 ? "rare" : $"profile{random.Next(4)}",
        Command = i == 12_345 ? "needle" : Commands[random.Next(Commands.Length)],
        Arguments = [.. random.GetItems(Words, random.Next(1, 6)), $"{random.Next(1_000_000)}"],
        WorkingDirectory = "/srv/repositories/somewhere",
        Owner = random.Next(200) == 0 ? "seldom" : $"owner{random.Next(100)}",
        Tags = new Dictionary<string, string> { ["team"] = $"team{random.Next(20)}", ["run"] = $"{i}" },
        Node = "here",
        State = ExecutionState.Ended,
        QueuedAt = at,
        StartedAt = at + 5,
        EndedAt = at + 900,
        Attempt = 1,
        ProcessId = 4242,
        Sequence = 2,
        StdoutBytes = 1000,
        CpuSeconds = 0.25,
        MaxRssBytes = 12_345_678,
        End = random.Next(100) switch
        {
            < 90 => new ExecutionEnd { Cause = EndCause.Exited, ExitCode = random.Next(3) },
            < 99 => new ExecutionEnd { Cause = EndCause.Cancelled, By = "somebody" },
            _ => new ExecutionEnd { Cause = EndCause.TimedOut },
        },
    };

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, params string[] names)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in names)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"@{name}" });
        }

        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
