using CcSignal.Load.Compare;
using CcSignal.Load.Findings;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>The same work through the hub, a raw pipe and websocketd, in turns: ratios of one run on one machine. Owns its server.</summary>
internal static class BesideOthers
{
    private const string Id = "comparison";
    private const long Bytes = 256L << 20;
    private const int Starts = 100;
    private const int Rounds = 3;

    public static LoadScenario Card { get; } = new(
        Id, "Beside others", "The same work through the hub, a raw pipe and websocketd, in turns in one run: how much slower or faster each is.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)));

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        await using var comparison = await Comparison.PrepareAsync(Math.Max(1 << 20, (long)(Bytes * bench.Scale)), bench.Count(Starts), cancellationToken);
        await comparison.RunAsync(Rounds, _ => { }, cancellationToken);
        foreach (var work in comparison.Works)
        {
            foreach (var subject in comparison.Subjects)
            {
                var figures = comparison[work, subject];
                findings.Figure($"{work.Id}_{Named(subject.Name)}", figures.Quantile(0.5), work.Unit);
                if (subject.Name != "hub")
                {
                    var hub = comparison.Subjects.Single(other => other.Name == "hub");
                    findings.Figure($"{work.Id}_hub_to_{Named(subject.Name)}", comparison[work, hub].RatioTo(figures).Quantile(0.5), "×");
                }
            }
        }

        // A reading that is short or ends badly throws: what is counted here came whole.
        findings.Expect("pieces of work done whole", comparison.Works.Count * comparison.Subjects.Count, comparison.Works.Sum(work => comparison.Subjects.Count(subject => comparison[work, subject].Count == Rounds)));
    }

    private static string Named(string subject) => subject.Replace(' ', '_');
}
