using CcSignal.Load.Findings;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Seed;

/// <summary>The answer is that of the result event, not a 4 somewhere.</summary>
internal static class SimplePrompt
{
    public const string Id = "simple-prompt";

    public static LoadScenario Card { get; } = new(
        Id, "Simple prompt (2+2)", "The agent's result event answers 4, and its exit code is 0.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)));

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        var run = findings.Whole(await AgentRun.AskAsync(bench, "What is 2+2? Answer with the number only.", cancellationToken));
        findings.Expect("result events", 1, run.Results.Count, run.Observation);
        findings.Expect("answer of the result event", "4", run.Answer?.Trim(), run.Observation);
    }
}
