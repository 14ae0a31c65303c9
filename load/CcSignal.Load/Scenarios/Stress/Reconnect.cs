using CcSignal.Client;
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
        await using var client = await ConnectAsync(bench, proxy.Url, attempts: cuts + 1, cancellationToken);
        var wrong = 0L;

        // Some cuts wait for more bytes than a client sends while one command runs: another one follows until all have come.
        for (var execution = 0; execution <= cuts && proxy.Accepted <= cuts; execution++)
        {
            var seen = findings.Saw(await client.RunAsync(Bench.ChildRequest("flood", $"{BytesOfEach}", "8192", "3"), cancellationToken));
            findings.Expect("end", "exited 0", AgentChecks.EndOf(seen), seen);
            findings.Expect("SHA-256", expected, seen.Sha256, seen);
            wrong += seen.LostBytes + seen.DoubledBytes + seen.OrderViolations;
        }

        var cut = proxy.Accepted - 1;
        findings.Check("connections that were cut", "some", Words.Say($"{cut}"), cut > 0);
        findings.Figure("connections_cut", cut, "");
        findings.Figure("bytes_wrong", wrong, "");
    }

    // The first connection may be cut before it is one; from then on the client goes on by itself.
    private static async Task<BenchClient> ConnectAsync(Bench bench, Uri proxy, int attempts, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await bench.ConnectAsync(proxy, Bench.GoesOn, cancellationToken);
            }
            catch (ConnectFailedException) when (attempt < attempts)
            {
            }
        }
    }
}
