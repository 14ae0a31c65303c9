using System.Diagnostics;
using CcSignal.Load.Findings;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>Everybody comes back at once, as after a restart of a proxy.</summary>
internal static class ConnectionStorm
{
    private const string Id = "connection-storm";

    public static LoadScenario Card { get; } = new(
        Id, "Connection storm", "Clients come, say one word and go, more of them each second: everyone is answered.", Describe);

    private static ScenarioProps Describe(Bench bench, ScenarioFindings findings)
    {
        var connects = new Samples();
        return Scenario.Create(Id, Iteration.Of(bench, findings, async (_, cancellationToken) =>
            {
                var began = Stopwatch.GetTimestamp();
                await using var client = await bench.ConnectAsync(cancellationToken);
                connects.Add(Stopwatch.GetElapsedTime(began));
                var described = await client.Client.DescribeAsync(cancellationToken);
                findings.Check("each is answered", "the server's description", described.ProcessId > 0 ? "the server's description" : "no process", described.ProcessId > 0);
                return Response.Ok(statusCode: "answered");
            }))
            .WithoutWarmUp()
            .WithLoadSimulations(
                Simulation.RampingInject(bench.Count(100), TimeSpan.FromSeconds(1), bench.During(10)),
                Simulation.Inject(bench.Count(100), TimeSpan.FromSeconds(1), bench.During(10)))
            .WithClean(_ =>
            {
                connects.Percentile(findings, "connect_p50_ms", 50);
                connects.Percentile(findings, "connect_p99_ms", 99);
                return Task.CompletedTask;
            });
    }
}
