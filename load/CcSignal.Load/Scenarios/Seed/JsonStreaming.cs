using CcSignal.Load.Findings;
using CcSignal.Load.Reporting;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Seed;

/// <summary>Events are the agent's own, and they come while it works.</summary>
internal static class JsonStreaming
{
    private const string Id = "json-streaming";

    public static LoadScenario Card { get; } = new(
        Id, "JSON streaming", "Every line is one JSON event of the agent, the first comes well before the last, exactly one is the result.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)))
    { After = SimplePrompt.Id };

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        // The one that is played takes its time between events, so that it shows whether they come as they are written.
        await using var client = await bench.ConnectAsync(cancellationToken);
        var request = AgentRun.StreamRequest(bench, "Answer with exactly this word: streaming") with { Environment = AgentRun.Pause(bench, milliseconds: 500) };
        var run = findings.Whole(AgentRun.Of(await client.RunAsync(request, cancellationToken, keepOutput: true)));
        var seen = run.Observation;
        findings.Expect("lines that are JSON events", run.Lines.Count, run.Events.Count, seen);
        findings.Check("events", "at least 3", $"{run.Events.Count}", run.Events.Count >= 3, seen);
        findings.Expect("result events", 1, run.Results.Count, seen);
        findings.Expect("the last event is the result", "result", run.Events is [.., var last] ? last.GetProperty("type").GetString() : null, seen);
        var ahead = (seen.LastOutput - seen.FirstOutput)?.TotalMilliseconds ?? 0;
        findings.Check("the first event is ahead of the last", "more than 50 ms", Words.Say($"{ahead:0} ms"), ahead > 50, seen);
        findings.Figure("first_to_last_ms", ahead, "ms");
    }
}
