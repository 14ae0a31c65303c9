using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>The one connection that writes, with its prepared commands. Used by one thread at a time; owns the connection.</summary>
internal sealed class WriteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <summary>Whether a transaction is open. SQLite ends it by itself after some errors, e.g. when the disk is full (sqlite3_get_autocommit).</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Whether something was deleted that must not stay on the disk, in the log of the database neither.</summary>
    public bool SecretsLeft { get; set; }

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">A constant text, prepared once; parameters are <c>?1</c>, <c>?2</c> …</param>
    /// <param name="values">Their values.</param>
    /// <returns>The rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Runs a query. The caller disposes of the reader before the next use of the same text.</summary>
    /// <inheritdoc cref="Execute"/>
    public SqliteDataReader Read(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteReader();

    /// <summary>Runs a query for one integer.</summary>
    /// <inheritdoc cref="Execute"/>
    public long Number(string sql, params ReadOnlySpan<object?> values) => (long)Bind(sql, values).ExecuteScalar()!;

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // every text is a constant of this folder
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
            }

            _prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }
}
