using CcSignal.Contracts;
using CcSignal.Load.Findings;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Seed;

/// <summary>Concurrency is measured by the server's own times, not assumed from the number of calls.</summary>
internal static class ConcurrentRequests
{
    private const string Id = "concurrent-requests";
    private const int AtOnce = 4;

    public static LoadScenario Card { get; } = new(
        Id, "Concurrent requests", "Four at once from a barrier: the measured overlap is four, and each gets its own answer.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)))
    { After = SimplePrompt.Id };

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        var barrier = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = Enumerable.Range(1, AtOnce).Select(async number =>
        {
            var word = $"answer-{number}-{Guid.NewGuid():N}";
            await using var client = await bench.ConnectAsync(cancellationToken);
            await barrier.Task;
            // The one that is played answers in a tenth of a second: it is to last longer than four take to start.
            var request = AgentRun.StreamRequest(bench, $"Answer with exactly this word: {word}") with
            {
                Environment = AgentRun.Pause(bench, milliseconds: 2000),
            };
            var run = findings.Whole(AgentRun.Of(await client.RunAsync(request, cancellationToken, keepOutput: true)));
            findings.Check("each answer is its own", "the word that was asked for", run.Answer?.Trim() == word ? "the word that was asked for" : $"'{run.Answer}'", run.Answer?.Trim() == word, run.Observation);
            return run.Observation.Info;
        }).ToArray();
        barrier.SetResult();
        var infos = await Task.WhenAll(asked);
        findings.Expect("measured overlap", AtOnce, OverlapOf([.. infos.OfType<ExecutionInfo>()]));
    }

    private static int OverlapOf(IReadOnlyCollection<ExecutionInfo> infos) =>
        infos.Count == 0 ? 0 : infos.Max(one => infos.Count(other => other.StartedAt <= one.StartedAt && other.EndedAt > one.StartedAt));
}
