using CcSignal.Load.Faults;
using CcSignal.Load.Findings;
using CcSignal.Load.Observing;
using CcSignal.Load.Reporting;
using CcSignal.Load.Runs;
using CcSignal.Load.Scenarios.Seed;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>Connections that are cut at random bytes, over and over, while output comes.</summary>
internal static class Reconnect
{
    private const string Id = "reconnect";
    private const int Cuts = 100;
    private const int MaxBytesBeforeCut = 400_000;
    private const long BytesOfEach = 10L * MaxBytesBeforeCut;

    public static LoadScenario Card { get; } = new(
        Id, "Reconnect", "A stream that is cut over and over at random bytes arrives whole: nothing lost, doubled or out of order.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)))
    { Obstacle = bench => bench.Url.IsLoopback ? null : new("the proxy that cuts serves only this machine") };

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        var cuts = bench.Count(Cuts);
        var expected = ExpectedBytes.Flood(BytesOfEach, seed: 3);
        await using var proxy = FaultProxy.Start(bench.Url, new RandomCuts(bench.RandomFor(Id).Next(), cuts, MaxBytesBeforeCut).Plan);
        await using var owner = await bench.ConnectAsync(cancellationToken);
        var (executions, wrong) = (0, 0L);

        // Some cuts wait for more bytes than a client sends while one command runs: another one follows until all have come. Each takes one connection at least.
        while (proxy.Accepted < cuts)
        {
            executions++;
            var started = await owner.Client.StartAsync(Bench.ChildRequest("flood", $"{BytesOfEach}", "8192", "3"), cancellationToken);
            var (seen, _) = await Resuming.FollowAsync(bench, proxy.Url, started.Id, progress: null, cancellationToken);
            findings.Saw(seen);
            findings.Expect("end", "exited 0", AgentChecks.EndOf(seen), seen);
            findings.Expect("SHA-256", expected, seen.Sha256, seen);
            wrong += seen.LostBytes + seen.DoubledBytes + seen.OrderViolations;
        }

        var cut = proxy.Accepted - executions;
        findings.Check("connections that were cut", "some", Words.Say($"{cut}"), cut > 0);
        findings.Figure("connections_cut", cut, "");
        findings.Figure("bytes_wrong", wrong, "");
    }
}
