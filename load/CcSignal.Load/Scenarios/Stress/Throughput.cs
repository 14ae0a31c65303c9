using CcSignal.Load.Findings;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;
using CcSignal.Load.Scenarios.Seed;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>How fast one stream comes through, every byte checked.</summary>
internal static class Throughput
{
    private const string Id = "throughput";
    private const long Bytes = 256L << 20;
    private const int Times = 5;

    public static LoadScenario Card { get; } = new(
        Id, "Throughput of one stream", "What a command writes as fast as it can comes through recorded, whole and quickly.", Describe);

    private static ScenarioProps Describe(Bench bench, ScenarioFindings findings)
    {
        var bytes = Math.Max(1 << 20, (long)(Bytes * bench.Scale));
        var expected = ExpectedBytes.Flood(bytes, seed: 1);
        var rates = new Samples();
        return Scenario.Create(Id, Iteration.Of(bench, findings, async (_, cancellationToken) =>
            {
                await using var client = await bench.ConnectAsync(cancellationToken);
                var seen = findings.Saw(await client.RunAsync(Bench.ChildRequest("flood", $"{bytes}", "65536", "1"), cancellationToken));
                findings.Expect("end", "exited 0", AgentChecks.EndOf(seen), seen);
                findings.Expect("SHA-256", expected, seen.Sha256, seen);
                rates.Add(seen.StdoutBytes / seen.Total.TotalSeconds / 1e6);
                return Response.Ok(statusCode: "whole", sizeBytes: seen.StdoutBytes);
            }))
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.IterationsForConstant(copies: 1, iterations: Times))
            .WithClean(_ =>
            {
                rates.Median(findings, "megabytes_per_second", "MB/s");
                return Task.CompletedTask;
            });
    }
}
