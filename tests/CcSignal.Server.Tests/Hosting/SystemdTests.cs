using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Hosting;

/// <summary>As a service of systemd, by the unit that is shipped.</summary>
public sealed class SystemdTests
{
    [Fact(Timeout = 300_000)]
    public async Task Reloaded_killed_and_stopped_it_loses_nothing_and_ends_in_order()
    {
        await using var systemd = await Systemd.BootAsync();
        var client = new Persistent(systemd.ConnectAsync);
        systemd.Run("systemctl", "start", "ccsignal");
        await RunningAsync(client, "reloaded", "in-two", "60000", "6", "5");
        var first = await DescribeAsync(client);

        systemd.Run("systemctl", "reload", "ccsignal");
        (await client.FollowAsync("reloaded")).Info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 5 });
        var second = await DescribeAsync(client);
        (second.ProcessId == first.ProcessId, second.KeeperProcessId).ShouldBe((false, first.KeeperProcessId));

        await RunningAsync(client, "killed", "in-two", "60000", "6", "6");
        systemd.Run("kill", "-9", $"{second.ProcessId}");
        (await client.FollowAsync("killed")).Info.End.ShouldBe(new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 6 });
        systemd.Run("systemctl", "show", "--value", "--property=NRestarts", "ccsignal").ShouldBe("0", "the keeper restarts the server, not systemd the service");

        await RunningAsync(client, "stopped", "sleep", "600");
        systemd.Run("systemctl", "stop", "ccsignal");
        systemd.Run("systemctl", "show", "--value", "--property=Result", "ccsignal").ShouldBe("success");
        systemd.Run("systemctl", "start", "ccsignal");
        (await client.FollowAsync("stopped")).Info.End!.Cause.ShouldBe(EndCause.ServerStopped);
    }

    private static Task<ServerInfo> DescribeAsync(Persistent client) =>
        client.CallAsync(connected => connected.DescribeAsync(TestContext.Current.CancellationToken));

    private static async Task RunningAsync(Persistent client, string id, params string[] arguments)
    {
        await client.StartAsync(new ExecutionRequest { Id = id, Command = Child.Path, Arguments = arguments });
        await Eventually.Is(
            () => client.GetAsync(id).Result is { Sequence: > 0 } begun ? begun : null, cancellationToken: TestContext.Current.CancellationToken);
    }
}
