using System.Diagnostics;
using CcSignal.Load.Findings;
using CcSignal.Load.Runs;
using CcSignal.Load.Subjects;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>How long it takes from the call to the first byte, beside a plain spawn at the same moments.</summary>
internal static class FirstByte
{
    private const string Id = "first-byte";
    private const int PerSecond = 20;

    public static LoadScenario Card { get; } = new(
        Id, "First byte", "The first byte of a command comes soon after that of a plain spawn; each is measured beside a spawn of its own.", Describe)
    { Obstacle = _ => Scenarios.Obstacle.NeedsProgram("/bin/echo") };

    private static ScenarioProps Describe(Bench bench, ScenarioFindings findings)
    {
        BenchClient? client = null;
        var (through, plain, raw) = (new Samples(), new Samples(), new RawPipe());
        return Scenario.Create(Id, Iteration.Of(bench, findings, async (context, cancellationToken) =>
            {
                var spawned = await raw.ReadAsync(["/bin/echo", "x"], cancellationToken);
                var began = Stopwatch.GetTimestamp();
                TimeSpan? first = null;
                var seen = findings.Saw(await client!.RunAsync(Bench.Request("/bin/echo", "x"), cancellationToken, seen: item =>
                    first ??= item.Kind == Contracts.EventKind.Output ? Stopwatch.GetElapsedTime(began) : null));
                findings.Expect("bytes", 2, seen.StdoutBytes, seen);
                if (context.ScenarioInfo.ScenarioOperation == ScenarioOperation.Bombing && first is { } time)
                {
                    through.Add(time);
                    plain.Add(spawned.FirstByte!.Value);
                }

                return Response.Ok<object>(statusCode: "came", sizeBytes: seen.StdoutBytes, customLatencyMs: first?.TotalMilliseconds ?? 0);
            }))
            .WithInit(async _ => client = await bench.ConnectAsync(bench.Stopping))
            .WithWarmUpDuration(TimeSpan.FromSeconds(2))
            .WithLoadSimulations(Simulation.Inject(PerSecond, TimeSpan.FromSeconds(1), bench.During(15)))
            .WithClean(async _ =>
            {
                through.Percentile(findings, "first_byte_p50_ms", 50);
                through.Percentile(findings, "first_byte_p99_ms", 99);
                plain.Percentile(findings, "plain_spawn_p50_ms", 50);
                if (through.Percentile(50) is { } ours && plain.Percentile(50) is { } theirs)
                {
                    findings.Figure("over_plain_spawn_p50_ms", ours - theirs, "ms");
                }

                await (client?.DisposeAsync() ?? ValueTask.CompletedTask);
            });
    }
}
