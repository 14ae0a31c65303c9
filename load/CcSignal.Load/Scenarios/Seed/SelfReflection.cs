using System.Text.RegularExpressions;
using CcSignal.Load.Findings;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Seed;

/// <summary>Structure survives the way: the sections stand in the result's text, in order.</summary>
internal static partial class SelfReflection
{
    private const string Id = "self-reflection";

    public static LoadScenario Card { get; } = new(
        Id, "Self-reflection format", "Four numbered sections stand in the result's text, in order, each once.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)))
    { After = SimplePrompt.Id };

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        const string prompt = "Reflect on your last answer in four numbered sections, each beginning a line with its number and a full stop: 1. 2. 3. 4.";
        var run = findings.Whole(await AgentRun.AskAsync(bench, prompt, cancellationToken));
        var numbers = Section().Matches(run.Answer ?? "").Select(match => match.Groups[1].Value);
        findings.Expect("numbers of the sections", "1 2 3 4", string.Join(' ', numbers), run.Observation);
    }

    [GeneratedRegex(@"^\W*([1-9])\.", RegexOptions.Multiline)]
    private static partial Regex Section();
}
