using System.Diagnostics;
using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.History.Sqlite;
using CcSignal.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static CcSignal.Execution.Tests.History.TemporaryHistory;

namespace CcSignal.Execution.Tests.History;

/// <summary>A process of its own writes into a history, notes what the store has confirmed, and is killed in the middle of it.</summary>
public sealed class CrashTests
{
    private const string DirectoryVariable = "CCSIGNAL_TEST_CRASH_DIRECTORY";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_store_has_confirmed_survives_a_kill_at_any_moment()
    {
        await using var history = new TemporaryHistory();
        List<(string What, string Id)> noted = [];
        for (var round = 1; round <= 4; round++)
        {
            noted = await WriteAndKillAsync(history, atLeast: noted.Count + Random.Shared.Next(1, 400));

            Ask(history, "PRAGMA integrity_check").ShouldBe("ok");
            Ask(history, "SELECT COALESCE((SELECT SUM(waiting) FROM queue_lengths), 0) - (SELECT COUNT(*) FROM queue)").ShouldBe(0L);
            await using var store = await history.OpenAsync();
            foreach (var (what, id) in noted)
            {
                var stored = await store.GetAsync(id, Token);
                stored.ShouldNotBeNull($"{what} {id}");
                (what == "ended" && stored.Info.End?.Cause is not (EndCause.Exited or EndCause.Lost)).ShouldBeFalse($"{what} {id}: {stored.State}");
            }

            // No end is lost and none comes twice: what the next server inherits has none noted.
            var left = await store.ReconcileAsync();
            left.Epoch.ShouldBe(2 * round);
            left.Inherited.Select(e => e.Info.Id).Intersect(noted.Where(n => n.What == "ended").Select(n => n.Id)).ShouldBeEmpty();
            foreach (var inherited in left.Inherited)
            {
                (await store.EndAsync(inherited.Number, inherited.Token, Ended(inherited.Info, EndCause.Lost))).ShouldBe(EndOutcome.Ended);
            }
        }
    }

    /// <summary>What the killed process does; run by the test above, in a process of its own.</summary>
    [Fact(Explicit = true)]
    public async Task Write_until_killed()
    {
        var directory = Environment.GetEnvironmentVariable(DirectoryVariable)!;
        await using var store = await SqliteExecutionStore.OpenAsync(directory, new HistoryOptions(), TimeProvider.System, NullLogger<SqliteExecutionStore>.Instance);
        await store.ReconcileAsync();
        await using var notes = new FileStream(NotesOf(directory), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        void Note(string what, string id)
        {
            lock (notes)
            {
                notes.Write(System.Text.Encoding.ASCII.GetBytes($"{what} {id}\n"));
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!Token.IsCancellationRequested)
            {
                Note("started", (await store.StartAsync(New(store))).Info!.Id);
                foreach (var claimed in await store.ClaimAsync(1000))
                {
                    await store.StartedAsync(claimed.Number, claimed.Token, Process(), claimed.Info.QueuedAt);
                    await store.EndAsync(claimed.Number, claimed.Token, Ended(claimed.Info));
                    Note("ended", claimed.Info.Id);
                }
            }
        })));
    }

    private static async Task<List<(string What, string Id)>> WriteAndKillAsync(TemporaryHistory history, int atLeast)
    {
        Directory.CreateDirectory(history.DataDirectory);
        var notes = NotesOf(history.DataDirectory);
        using var server = System.Diagnostics.Process.Start(new ProcessStartInfo
        {
            FileName = Path.Combine(AppContext.BaseDirectory, typeof(CrashTests).Assembly.GetName().Name!),
            ArgumentList = { "-explicit", "only", "-method", $"{typeof(CrashTests).FullName}.{nameof(Write_until_killed)}" },
            Environment = { [DirectoryVariable] = history.DataDirectory },
            RedirectStandardOutput = true,
        })!;
        var said = server.StandardOutput.ReadToEndAsync(Token);
        try
        {
            await Eventually.Holds(() => server.HasExited || (File.Exists(notes) && Notes(notes).Count >= atLeast), cancellationToken: Token);
            server.HasExited.ShouldBeFalse(server.HasExited ? await said : null);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(CancellationToken.None);
        }

        return Notes(notes);
    }

    // Whole lines only: the kill may have cut the last one.
    private static List<(string What, string Id)> Notes(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n')[..^1].Select(line => line.Split(' ')).Select(words => (words[0], words[1]))];
    }

    private static string NotesOf(string directory) => Path.Combine(directory, "notes");

    private static object? Ask(TemporaryHistory history, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={history.DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
