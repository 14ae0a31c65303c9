using CcSignal.Execution.History.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using static SQLitePCL.raw;

namespace CcSignal.Execution.History.Sqlite;

/// <summary>The file <c>history.db</c>: made for its owner only, checked to be ours, brought to the schema of this version.</summary>
internal static class HistoryFile
{
    // "CcSg": file(1) and we tell our files from others by it (sqlite.org/fileformat2.html, application id).
    private const int ApplicationId = 0x43635367;

    // Another server may be migrating the file just now.
    private const int OpenTimeoutSeconds = 30;

    /// <summary>Opens it for the writer, making or migrating it first.</summary>
    /// <exception cref="StoreException">It cannot be written, is not ours, is damaged, or is newer than this program.</exception>
    public static SqliteConnection Open(string path, Durability durability)
    {
        MakePrivate(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        try
        {
            connection.Open();
            CheckOwner(connection, path);
            Configure(connection, path, durability);
            Migrate(connection, path);
            return connection;
        }
        catch (Exception fault)
        {
            connection.Dispose();
            if (fault is SqliteException refused)
            {
                throw Explain(refused, path);
            }

            throw;
        }
    }

    /// <summary>What to tell about an error of SQLite.</summary>
    public static StoreException Explain(SqliteException fault, string path) => fault.SqliteErrorCode switch
    {
        SQLITE_FULL => new(StoreFault.DiskFull, $"The disk of {path} is full; nothing was recorded. Free some space, or move CcSignal:DataDirectory.", fault),
        SQLITE_BUSY or SQLITE_LOCKED => new(StoreFault.Busy, $"Another process holds {path}. Is a second server using the same CcSignal:DataDirectory?", fault),
        SQLITE_READONLY or SQLITE_CANTOPEN or SQLITE_PERM or SQLITE_AUTH => new(StoreFault.NotWritable, $"{path} cannot be written. Let the server's user own the file and its directory.", fault),
        SQLITE_NOTADB => Foreign(path, fault),
        SQLITE_CORRUPT => new(StoreFault.Damaged, $"{path} is damaged. Stop the server and restore it from a backup, or move it away to begin an empty history.", fault),
        _ => new(StoreFault.Failed, $"{path} refused the operation: {fault.Message}", fault),
    };

    private static void MakePrivate(string path)
    {
        try
        {
            var directory = Path.GetDirectoryName(path)!;
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
                return;
            }

            // SQLite gives its log and its index of it the mode of the file.
            const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Directory.CreateDirectory(directory, Mine | UnixFileMode.UserExecute);
            try
            {
                using var _ = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Mine });
            }
            catch (IOException) when (File.Exists(path))
            {
                // It was there. Only touched by name: opening and closing it would drop the locks of another connection in this process (fcntl(2)).
                File.SetUnixFileMode(path, Mine);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.NotWritable, $"{path} cannot be made: {fault.Message} Give the server's user a CcSignal:DataDirectory that it can write.", fault);
        }
    }

    private static void CheckOwner(SqliteConnection connection, string path)
    {
        // Both facts of one moment: another server may be making the file just now.
        Run(connection, "BEGIN");
        var id = Ask(connection, "PRAGMA application_id");
        var tables = Ask(connection, "SELECT COUNT(*) FROM sqlite_master");
        Run(connection, "COMMIT");
        if (id != ApplicationId && (id != 0 || tables > 0))
        {
            throw Foreign(path, null);
        }
    }

    private static void Configure(SqliteConnection connection, string path, Durability durability)
    {
        if (Ask(connection, "PRAGMA page_count") == 0)
        {
            // Only possible before the first page: retention will give the space of old rows back to the file system.
            Run(connection, "PRAGMA auto_vacuum = INCREMENTAL");
        }

        using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA journal_mode = WAL";
            if (command.ExecuteScalar() is not "wal")
            {
                throw new StoreException(StoreFault.NotWritable, $"{path} cannot have a write-ahead log: its file system has no shared memory. Put CcSignal:DataDirectory on a local disk.");
            }
        }

        Run(connection, durability == Durability.Power ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        // An environment that was claimed must not stay in the file, nor come into a temporary one.
        Run(connection, "PRAGMA secure_delete = ON");
        Run(connection, "PRAGMA temp_store = MEMORY");
        // After a burst the log gives its space back.
        Run(connection, "PRAGMA journal_size_limit = 67108864");
    }

    // Not Database.Migrate: its lock is a row that a killed process leaves behind, and the next start waits for ever
    // (learn.microsoft.com/ef/core/providers/sqlite/limitations, "Concurrent migrations protection").
    private static void Migrate(SqliteConnection connection, string path)
    {
        using var context = new HistoryContext(new DbContextOptionsBuilder<HistoryContext>().UseSqlite(connection).Options);
        // EF takes its time to begin; the file is locked after that.
        var known = context.Database.GetMigrations().ToList();
        Run(connection, "BEGIN IMMEDIATE");
        var applied = context.Database.GetAppliedMigrations().ToList();
        if (applied.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new StoreException(StoreFault.Newer, $"{path} was written by a newer version (its schema has '{unknown}'). Start that version, or a newer one.");
        }

        if (applied.Count < known.Count)
        {
            var script = context.GetService<IMigrator>().GenerateScript(applied.LastOrDefault(), options: MigrationsSqlGenerationOptions.NoTransactions);
            Run(connection, script);
            Run(connection, $"PRAGMA application_id = {ApplicationId}");
        }

        Run(connection, "COMMIT");
        // What a killed server left in the log, environments too, goes into the file or away.
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static StoreException Foreign(string path, Exception? fault) =>
        new(StoreFault.Foreign, $"{path} is no history of CcSignal. Move it away, or set CcSignal:DataDirectory to another directory.", fault);

    private static long Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // every text is a constant of this file, or a migration's
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = OpenTimeoutSeconds;
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = OpenTimeoutSeconds;
        command.ExecuteNonQuery();
    }
}
