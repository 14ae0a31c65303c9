using CcSignal.Contracts;
using CcSignal.Load.Findings;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;
using CcSignal.Load.Scenarios.Seed;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>A command that stands still, with its clocks, and goes on where it stood.</summary>
internal static class Pause
{
    private const string Id = "pause";
    private const int Lines = 100;
    private const int IntervalMs = 20;
    private const int LineBytes = 50;
    private static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(3);

    public static LoadScenario Card { get; } = new(
        Id, "Pause", "A paused command writes nothing, its limits of time stand still with it, and it goes on to its whole output.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)));

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        await using var client = await bench.ConnectAsync(cancellationToken);
        // Silence of the pause is longer than the limit of silence: if the clock went on, it would end the command.
        var request = Bench.ChildRequest("lines", $"{Lines}", $"{IntervalMs}", $"{LineBytes}") with { IdleTimeoutSeconds = StandsStill.TotalSeconds * 2 / 3 };
        var wrote = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = client.RunAsync(request, cancellationToken, seen: item => _ = item.Kind == EventKind.Output && wrote.TrySetResult());
        await Task.WhenAny(wrote.Task, running).WaitAsync(cancellationToken);
        var paused = await client.Client.PauseAsync(request.Id!, cancellationToken);
        findings.Expect("state after Pause", ExecutionState.Paused, paused.State);
        var before = (await client.Client.GetAsync(request.Id!, cancellationToken)).StdoutBytes;
        await Task.Delay(StandsStill, TimeProvider.System, cancellationToken); // how long it stands is what is tried
        var after = (await client.Client.GetAsync(request.Id!, cancellationToken)).StdoutBytes;
        findings.Check("bytes written while paused", $"0, or the line on its way ({LineBytes})", $"{after - before}", after - before is 0 or LineBytes);
        await client.Client.ResumeAsync(request.Id!, cancellationToken);
        var seen = findings.Saw(await running);
        findings.Expect("end", "exited 0", AgentChecks.EndOf(seen), seen);
        findings.Expect("SHA-256", ExpectedBytes.Lines(Lines, LineBytes), seen.Sha256, seen);
    }
}
