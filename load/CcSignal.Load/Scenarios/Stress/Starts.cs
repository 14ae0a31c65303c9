using System.Diagnostics;
using CcSignal.Load.Findings;
using CcSignal.Load.Runs;
using CcSignal.Load.Scenarios.Seed;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>How many commands a second can be started and known to have ended.</summary>
internal static class Starts
{
    private const string Id = "starts";
    private const int AtOnce = 8;

    public static LoadScenario Card { get; } = new(
        Id, "Starts", "Short commands, several at once on one connection: each ends as it did, and their number a second is told.", Describe)
    { Obstacle = _ => Scenarios.Obstacle.NeedsProgram("/bin/true") };

    private static ScenarioProps Describe(Bench bench, ScenarioFindings findings)
    {
        BenchClient? client = null;
        long ended = 0;
        var began = 0L;
        return Scenario.Create(Id, Iteration.Of(bench, findings, async (context, cancellationToken) =>
            {
                var seen = findings.Saw(await client!.RunAsync(Bench.Request("/bin/true"), cancellationToken));
                findings.Expect("end", "exited 0", AgentChecks.EndOf(seen), seen);
                if (context.ScenarioInfo.ScenarioOperation == ScenarioOperation.Bombing)
                {
                    Interlocked.CompareExchange(ref began, Stopwatch.GetTimestamp(), 0);
                    Interlocked.Increment(ref ended);
                }

                return Response.Ok(statusCode: "exited");
            }))
            .WithInit(async _ => client = await bench.ConnectAsync(bench.Stopping))
            .WithWarmUpDuration(TimeSpan.FromSeconds(1))
            .WithLoadSimulations(Simulation.KeepConstant(AtOnce, bench.During(15)))
            .WithClean(async _ =>
            {
                if (ended > 1)
                {
                    findings.Figure("starts_per_second", (ended - 1) / Stopwatch.GetElapsedTime(began).TotalSeconds, "/s");
                }

                await (client?.DisposeAsync() ?? ValueTask.CompletedTask);
            });
    }
}
