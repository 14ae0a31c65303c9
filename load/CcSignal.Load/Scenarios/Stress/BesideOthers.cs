using CcSignal.Load.Compare;
using CcSignal.Load.Findings;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>The same work through the hub and through others, in turns: ratios of one run on one machine.</summary>
internal static class BesideOthers
{
    private const string Id = "comparison";
    private const long Bytes = 256L << 20;
    private const long LeastBytes = 1L << 20;
    private const int Starts = 400;
    private const int Idle = 1000;
    private const int LeastIdle = 200; // of fewer, what a collector of garbage has not collected yet is more than what they cost
    private const int Rounds = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    public static LoadScenario Card { get; } = new(
        Id, "Beside others", "The same work through the hub, a raw pipe, websocketd and ssh, in turns in one run: how much better or worse each is.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken), Limit))
    { Obstacle = ObstacleOf };

    private static Obstacle? ObstacleOf(Bench bench) => !bench.Url.IsLoopback
        ? new("it compares on one machine, and the server is elsewhere")
        : Scenarios.Obstacle.NeedsLinux ?? Work.Needs.Select(Scenarios.Obstacle.NeedsProgram).FirstOrDefault(missing => missing is not null);

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        var sizes = new ComparisonSizes
        {
            Rounds = bench.Options.Rounds ?? Rounds,
            Bytes = Math.Max(LeastBytes, (long)((bench.Options.Bytes ?? Bytes) * bench.Scale)),
            Starts = bench.Count(bench.Options.Starts ?? Starts),
            Idle = Math.Max(LeastIdle, bench.Count(Idle)),
        };
        await using var comparison = await Comparison.PrepareAsync(bench, sizes, cancellationToken);
        await comparison.RunAsync(cancellationToken);
        findings.Compare(comparison.Table());

        // A reading that is short or ends badly throws: what is counted here came whole.
        findings.Expect("figures, each of work done whole", comparison.Expected, comparison.Measured);
    }
}
