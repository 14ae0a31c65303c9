using System.Diagnostics;
using CcSignal.Load.Findings;
using CcSignal.Load.Health;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;
using CcSignal.Load.Scenarios.Seed;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>The same work for a long time: what grows is a leak.</summary>
internal static class Soak
{
    private const string Id = "soak";
    private const int Copies = 4;
    private const int Bytes = 256 * 1024;

    public static LoadScenario Card { get; } = new(
        Id, "Soak", "Commands, one after another, for a long time: the server's memory, descriptors and threads do not grow.", Describe)
    { Obstacle = Scenarios.Obstacle.NeedsOwnServer };

    private static ScenarioProps Describe(Bench bench, ScenarioFindings findings)
    {
        var expected = ExpectedBytes.Flood(Bytes, seed: 4);
        var during = bench.During(600);
        var trend = new Trend();
        long began = 0;
        return Scenario.Create(Id, Iteration.Of(bench, findings, async (context, cancellationToken) =>
            {
                await using var client = await bench.ConnectAsync(cancellationToken);
                var seen = findings.Saw(await client.RunAsync(Bench.ChildRequest("flood", $"{Bytes}", "4096", "4"), cancellationToken));
                findings.Expect("end", "exited 0", AgentChecks.EndOf(seen), seen);
                findings.Expect("SHA-256", expected, seen.Sha256, seen);
                if (context.ScenarioInfo is { InstanceNumber: 0, ScenarioOperation: ScenarioOperation.Bombing } && ProcessFigures.Of(bench.Own!.ServerProcessId!.Value) is { } figures)
                {
                    trend.Add(Stopwatch.GetElapsedTime(began), figures);
                }

                return Response.Ok(statusCode: "whole", sizeBytes: seen.StdoutBytes);
            }))
            .WithInit(_ =>
            {
                began = Stopwatch.GetTimestamp();
                return Task.CompletedTask;
            })
            .WithWarmUpDuration(TimeSpan.FromSeconds(Math.Min(60, during.TotalSeconds / 5)))
            .WithLoadSimulations(Simulation.KeepConstant(Copies, during))
            .WithClean(_ =>
            {
                trend.Tell(findings);
                return Task.CompletedTask;
            });
    }
}
