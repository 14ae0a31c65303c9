using CcSignal.Contracts;
using CcSignal.Load.Findings;
using CcSignal.Load.Health;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;
using CcSignal.Load.Scenarios.Seed;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>A reader that stops reading costs only itself: not the command, not the other readers, not the server's memory.</summary>
internal static class SlowReader
{
    private const string Id = "slow-reader";
    private const long Bytes = 1L << 30;
    private const long Window = 256 * 1024;

    public static LoadScenario Card { get; } = new(
        Id, "Slow reader", "With a reader that never takes its second item, the command ends, another reader gets every byte, and the server stays small.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)));

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        var bytes = Math.Max(1 << 20, (long)(Bytes * bench.Scale));
        await using var slow = await bench.ConnectAsync(cancellationToken);
        await using var quick = await bench.ConnectAsync(cancellationToken);
        var server = bench.Own?.ServerProcessId;
        var before = server is { } process ? ProcessFigures.Of(process)?.MemoryMb : null;
        var started = await quick.Client.StartAsync(Bench.ChildRequest("flood", $"{bytes}", "65536", "2"), cancellationToken);
        await using var stalled = slow.Client.FollowAsync(started.Id, new FollowOptions { WindowBytes = Window }, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await stalled.MoveNextAsync(); // its snapshot; what follows it never takes
        var seen = findings.Saw(await quick.FollowAsync(started.Id, cancellationToken));
        findings.Expect("end", "exited 0", AgentChecks.EndOf(seen), seen);
        findings.Expect("SHA-256 at the other reader", ExpectedBytes.Flood(bytes, seed: 2), seen.Sha256, seen);
        findings.Figure("megabytes_per_second", seen.StdoutBytes / seen.Total.TotalSeconds / 1e6, "MB/s");
        if (before is { } then && ProcessFigures.Of(server!.Value)?.MemoryMb is { } now)
        {
            findings.Figure("server_growth_mb", Math.Max(0, now - then), "MB");
        }
    }
}
