using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Cli.Tests.Commands;

/// <summary><c>ccsignal server upgrade</c>: another server, the same commands.</summary>
public sealed class UpgradeTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:1");

    [Fact(Timeout = 120_000)]
    public async Task It_replaces_the_server_and_says_by_which_process()
    {
        using var data = new TempDirectory();
        await using var server = await ServerExecutable.StartAsync(data.Path);
        await using (var client = await server.ConnectAsync(TestContext.Current.CancellationToken))
        {
            await client.StartAsync(new ExecutionRequest { Id = "one", Command = Child.Path, Arguments = ["sleep", "600"] }, TestContext.Current.CancellationToken);
        }

        var earlier = server.ServerProcessId;
        var result = await CliProcess.RunAsync(Nowhere, "server", "upgrade", "--data", data.Path);

        result.ShouldReturn(0);
        await server.ListeningAgainAsync(2);
        server.ServerProcessId.ShouldNotBe(earlier);
        server.LivingCommands.Count.ShouldBe(1);
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_a_keeper_it_signals_nobody_and_says_what_to_do()
    {
        using var data = new TempDirectory();
        var never = await CliProcess.RunAsync(Nowhere, "server", "upgrade", "--data", data.Path);
        never.ShouldReturn(125);
        never.Error.ShouldContain("No server with a keeper uses");

        // A number that another process has by now.
        await File.WriteAllTextAsync(data["keeper.pid"], $"{Environment.ProcessId} 1 {File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()}", TestContext.Current.CancellationToken);
        var gone = await CliProcess.RunAsync(Nowhere, "server", "upgrade", "--data", data.Path);
        gone.ShouldReturn(125);
        gone.Error.ShouldContain($"process {Environment.ProcessId}, has ended");
    }
}
