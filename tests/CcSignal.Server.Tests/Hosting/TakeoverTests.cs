using System.Diagnostics;
using CcSignal.Contracts;
using CcSignal.Execution.History;
using CcSignal.Execution.History.Sqlite;
using CcSignal.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace CcSignal.Server.Tests.Hosting;

/// <summary>The next server with much behind it, and the keeper in the place of init.</summary>
public sealed class TakeoverTests
{
    private const int History = 10_000;
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task Ten_thousand_executions_in_the_history_hold_up_no_start()
    {
        using var empty = new TempDirectory();
        using var full = new TempDirectory();
        await FillAsync(full.Path);

        var alone = await StartAsync(empty.Path);
        var behind = await StartAsync(full.Path);

        TestContext.Current.SendDiagnosticMessage($"{alone.TotalSeconds:0.00} s with nothing, {behind.TotalSeconds:0.00} s with {History} executions.");
        behind.ShouldBeLessThan(alone + Allowed);
    }

    // Its own pid namespace, as a container is one: signals reach process 1 only if it handles them, and orphans are its own.
    [Fact(Timeout = 120_000)]
    public async Task As_process_1_of_a_container_it_handles_signals_reaps_orphans_and_survives_its_server()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && await CanUnshareAsync(), "This user may not make a pid namespace.");
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartInContainerAsync(data.Path, FreeAddress.Setting());
        var client = new Persistent(server);
        server.ServerProcessId.ShouldBeLessThan(100, "it counts its processes from 1");
        await using (var connected = await server.ConnectAsync(Cancelled))
        {
            (await connected.DescribeAsync(Cancelled)).KeeperProcessId.ShouldBe(1);
            (await connected.RunToEndAsync(Child.Path, ["orphan-in-two", "1000", "0.2", "4"], Cancelled)).End.ExitCode.ShouldBe(4);
        }

        await client.StartAsync(new ExecutionRequest { Id = "one", Command = Child.Path, Arguments = ["in-two", "60000", "3", "8"] });
        await server.KillServerInContainerAsync();

        var (info, sha256) = await client.FollowAsync("one");
        info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 8 });
        sha256.ShouldBe(Child.Sha256(60_000));
        (await server.StopInContainerAsync()).ShouldBe(0);
    }

    private static async Task<TimeSpan> StartAsync(string data)
    {
        var clock = Stopwatch.StartNew();
        await using var server = await ServerExecutable.StartAsync(data);
        return clock.Elapsed;
    }

    private static async Task FillAsync(string data)
    {
        await using var store = await SqliteExecutionStore.OpenAsync(data, new HistoryOptions(), TimeProvider.System, NullLogger<SqliteExecutionStore>.Instance);
        await store.ReconcileAsync();
        await Parallel.ForAsync(0, History, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, _) =>
        {
            var key = store.Numbers.Next();
            var request = new ExecutionRequest { Id = $"e{number}", Command = "echo" };
            var info = new ExecutionInfo
            {
                Id = request.Id,
                Profile = Defaults.Profile,
                Command = request.Command,
                Arguments = [],
                WorkingDirectory = "/",
                Owner = "admin",
                Tags = new Dictionary<string, string>(),
                Node = "here",
                State = ExecutionState.Queued,
                QueuedAt = ExecutionNumber.TimeOf(key),
            };
            await store.StartAsync(new NewExecution
            {
                Number = key,
                Info = info,
                Request = request,
                Fingerprint = RequestFingerprint.Of(request),
                MaxQueued = History,
                MaxRunning = 1,
            });
            var end = new ExecutionEnd { Cause = EndCause.Cancelled };
            (await store.EndQueuedAsync(key, info with { State = ExecutionState.Ended, EndedAt = info.QueuedAt, End = end })).ShouldBeTrue();
        });
    }

    private static async Task<bool> CanUnshareAsync()
    {
        try
        {
            using var unshare = Process.Start("unshare", ["--pid", "--fork", "--mount-proc", "true"]);
            await unshare.WaitForExitAsync(Cancelled);
            return unshare.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
