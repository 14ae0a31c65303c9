using System.Net;
using System.Net.Sockets;
using CcSignal.Load.CommandLine;
using CcSignal.Load.Health;
using CcSignal.Load.Reporting.Model;
using CcSignal.Load.Runs;
using CcSignal.Load.Scenarios;

namespace CcSignal.Load.Tests.Servers;

public sealed class DeadServerTests
{
    // Those with a server of their own do not ask this one.
    public static TheoryData<string> Scenarios => [.. Catalog.All.Select(card => card.Id).Except(["queue", "server-kill", "soak"])];

    [Theory(Timeout = 120_000), MemberData(nameof(Scenarios))]
    public async Task A_dead_server_fails_every_scenario(string scenario)
    {
        var options = new RunOptions { Url = DeadAddress(), Token = "any", Seed = 1, Scale = 0.01, Duration = TimeSpan.FromSeconds(0.2) };
        var bench = new Bench(options, options.Url!, options.Token, own: null, new Activity(), TestContext.Current.CancellationToken);

        var report = await new ScenarioRunner(bench, () => 1, () => []).RunAsync(Catalog.All.Single(card => card.Id == scenario), before: []);

        report.Status.ShouldBe(Status.Failed);
        report.Failures.ShouldContain(group => group.Samples[0].Message.Contains("Cannot connect to", StringComparison.Ordinal));
    }

    private static Uri DeadAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }
}
