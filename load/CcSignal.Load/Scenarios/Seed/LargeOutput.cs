using System.Security.Cryptography;
using CcSignal.Load.Findings;
using CcSignal.Load.Reporting;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Seed;

/// <summary>Long answers are where output is lost: at the end of a process whose pipe nobody drains in time.</summary>
internal static class LargeOutput
{
    private const string Id = "large-output";
    private const int Words = 5000;

    public static LoadScenario Card { get; } = new(
        Id, "Large output (5,000 words)", "An essay of 5,000 words arrives whole: its words are counted, and its bytes are those of the recording.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)))
    { After = SimplePrompt.Id };

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        await using var client = await bench.ConnectAsync(cancellationToken);
        var request = AgentRun.StreamRequest(bench, Reporting.Words.Say($"Write a {Words:N0}-word essay about pipes."));
        var run = findings.Whole(AgentRun.Of(await client.RunAsync(request, cancellationToken, keepOutput: true)));
        var words = run.Answer?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length ?? 0;
        if (bench.Agent is null)
        {
            findings.Expect("words of the result", Words, words, run.Observation);
        }
        else
        {
            findings.Check("words of the result", $"{Words} ± 20 %", $"{words}", words is >= Words * 8 / 10 and <= Words * 12 / 10, run.Observation); // a model does not count
        }

        var again = await client.FollowAsync(request.Id!, cancellationToken);
        findings.Expect("SHA-256 read again", run.Observation.Sha256, again.Sha256, again);
        findings.Expect("SHA-256 of what was kept", Convert.ToHexStringLower(SHA256.HashData(run.Observation.Stdout)), run.Observation.Sha256, run.Observation);
        findings.Figure("bytes", run.Observation.StdoutBytes, "B");
    }
}
