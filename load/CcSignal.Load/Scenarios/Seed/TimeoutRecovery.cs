using CcSignal.Contracts;
using CcSignal.Load.Findings;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Seed;

/// <summary>A limit of time that is really reached, by a command whose child left the session.</summary>
internal static class TimeoutRecovery
{
    private const string Id = "timeout-recovery";

    public static LoadScenario Card { get; } = new(
        Id, "Timeout recovery", "A command is stopped at its limit with its whole tree, and the next one on the same connection works.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)))
    { Obstacle = _ => Scenarios.Obstacle.NeedsLinux };

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        var mark = new ProcessMark();
        await using var client = await bench.ConnectAsync(cancellationToken);
        var request = mark.On(Bench.ChildRequest("spawn-detached", "600") with { TimeoutSeconds = 1.5 });
        var seen = findings.Saw(await client.RunAsync(request, cancellationToken));
        findings.Expect("end", nameof(EndCause.TimedOut), AgentChecks.EndOf(seen), seen);
        var ran = (seen.Info?.EndedAt - seen.Info?.StartedAt) / 1000.0 ?? 0;
        findings.Check("running time", "1.5 s, and what the stop takes", $"{ran:0.0} s", ran is >= 1.5 and < 30, seen);
        findings.Expect("processes left of its tree", "none", Named(await mark.LeftAfterAsync(TimeSpan.FromSeconds(5), cancellationToken)), seen);
        var next = findings.Saw(await client.RunAsync(Bench.ChildRequest("echo", "still", "here"), cancellationToken, keepOutput: true));
        findings.Expect("the next command on the connection", "still here\n", System.Text.Encoding.UTF8.GetString(next.Stdout), next);
    }

    private static string Named(IReadOnlyList<string> living) => living.Count == 0 ? "none" : string.Join("; ", living);
}
