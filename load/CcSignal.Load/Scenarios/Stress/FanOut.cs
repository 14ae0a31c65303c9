using CcSignal.Load.Findings;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>One execution, many viewers, each on a connection of its own.</summary>
internal static class FanOut
{
    private const string Id = "fan-out";
    private const int Viewers = 200;
    private const int Lines = 500;
    private const int IntervalMs = 10;
    private const int LineBytes = 100;

    public static LoadScenario Card { get; } = new(
        Id, "Fan-out", "Many viewers of one live execution: what is received is what was expected, bit for bit, for each of them.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)));

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        var viewers = bench.Count(Viewers);
        var expected = ExpectedBytes.Lines(Lines, LineBytes);
        await using var owner = await bench.ConnectAsync(cancellationToken);
        var clients = new List<BenchClient>();
        try
        {
            for (var number = 0; number < viewers; number++)
            {
                clients.Add(await bench.ConnectAsync(cancellationToken));
            }

            var started = await owner.Client.StartAsync(Bench.ChildRequest("lines", $"{Lines}", $"{IntervalMs}", $"{LineBytes}"), cancellationToken);
            var seen = await Task.WhenAll(clients.Select(client => client.FollowAsync(started.Id, cancellationToken)));
            foreach (var observation in seen)
            {
                findings.Saw(observation);
                findings.Expect("SHA-256 at each viewer", expected, observation.Sha256, observation);
            }

            findings.Figure("viewers", viewers, "");
            findings.Figure("received_of_expected", seen.Sum(observation => observation.StdoutBytes) / ((double)viewers * Lines * LineBytes) * 100, "%");
        }
        finally
        {
            foreach (var client in clients)
            {
                await client.DisposeAsync();
            }
        }
    }
}
