using System.Diagnostics;
using CcSignal.Contracts;
using CcSignal.Load.Findings;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;
using CcSignal.Load.Scenarios.Seed;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>Every kind of process that does not want to go.</summary>
internal static class CancelZoo
{
    private const string Id = "cancel-zoo";
    private const int EachKind = 20;
    private const int AtOnce = 8;

    public static LoadScenario Card { get; } = new(
        Id, "Cancels of nasty commands", "Commands that ignore signals, fork, or leave the session are cancelled, and no process of theirs is left.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)))
    { Obstacle = _ => Scenarios.Obstacle.NeedsLinux };

    private static IReadOnlyList<(string Name, ExecutionRequest Request)> Kinds =>
    [
        ("sleeps", Bench.ChildRequest("sleep", "600")),
        ("ignores SIGTERM and SIGINT", Bench.ChildRequest("ignore-term")),
        ("answers SIGTERM with exit code 0", Bench.ChildRequest("on-term", "0")),
        ("has a child in its group", Bench.ChildRequest("spawn", "600")),
        ("has a grandchild in a session of its own", Bench.ChildRequest("spawn-detached", "600")),
        ("is stopped", Bench.Request("/bin/sh", "-c", "echo ready; kill -STOP $$")),
        ("forks without end", Bench.Request("/bin/sh", "-c", "echo ready; while :; do (setsid sleep 600 >/dev/null 2>&1 &); sleep 0.05; done")),
    ];

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        var mark = new ProcessMark();
        var times = new Samples();
        await using var client = await bench.ConnectAsync(cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var cancels = Enumerable.Range(0, bench.Count(EachKind)).SelectMany(_ => Kinds).ToArray();
        await Parallel.ForEachAsync(cancels, options, (kind, token) => new ValueTask(CancelAsync(client, mark.On(kind.Request), kind.Name, findings, times, token)));
        var left = await mark.LeftAfterAsync(TimeSpan.FromSeconds(10), cancellationToken);
        findings.Check("processes left", "none", left.Count == 0 ? "none" : string.Join("; ", left.Take(5)), left.Count == 0);
        findings.Figure("processes_left", left.Count, "");
        findings.Figure("cancels", cancels.Length, "");
        times.Percentile(findings, "cancel_to_end_p50_ms", 50);
        times.Percentile(findings, "cancel_to_end_p99_ms", 99);
    }

    private static async Task CancelAsync(
        BenchClient client, ExecutionRequest request, string kind, ScenarioFindings findings, Samples times, CancellationToken cancellationToken)
    {
        long began = 0;
        Task<ExecutionInfo>? cancelled = null;
        var seen = findings.Saw(await client.RunAsync(request, cancellationToken, seen: item =>
        {
            if (item.Kind == EventKind.Output && cancelled is null)
            {
                began = Stopwatch.GetTimestamp();
                cancelled = client.Client.CancelAsync(request.Id!, "load", cancellationToken);
            }
        }));
        var time = Stopwatch.GetElapsedTime(began);
        findings.Expect($"one that {kind}", nameof(EndCause.Cancelled), AgentChecks.EndOf(seen), seen);
        if (cancelled is not null)
        {
            await cancelled;
            times.Add(time);
        }
    }
}
