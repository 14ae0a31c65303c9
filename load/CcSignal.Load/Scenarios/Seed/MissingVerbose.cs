using CcSignal.Load.Findings;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Seed;

/// <summary>The failure of the report it began with: five tests failed by this one line, which it never showed.</summary>
internal static class MissingVerbose
{
    private const string Id = "missing-verbose";
    private const string Line = "Error: When using --print, --output-format=stream-json requires --verbose\n";

    public static LoadScenario Card { get; } = new(
        Id, "Missing --verbose", "A command line that the agent refuses is shown with the agent's own 74 bytes, and told as invalid arguments.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)));

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        await using var client = await bench.ConnectAsync(cancellationToken);
        var seen = findings.Saw(await client.RunAsync(AgentRun.Request(bench, "What is 2+2?", "--output-format", "stream-json"), cancellationToken, keepOutput: true));
        findings.Expect("end", "exited 1", AgentChecks.EndOf(seen), seen);
        findings.Expect("bytes of standard output", 0, seen.StdoutBytes, seen);
        findings.Expect("bytes of standard error", 74, seen.StderrBytes, seen);
        findings.Expect("standard error", Line, System.Text.Encoding.UTF8.GetString(seen.StderrHead), seen);
        findings.Expect("inferred from it", "invalid arguments", AgentChecks.CauseOf(seen)?.Cause, seen);
    }
}
