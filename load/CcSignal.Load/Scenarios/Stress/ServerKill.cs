using CcSignal.Load.Findings;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;
using CcSignal.Load.Scenarios.Seed;
using CcSignal.Load.Subjects;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>The server is killed while commands run; the next one goes on with them.</summary>
internal static class ServerKill
{
    private const string Id = "server-kill";
    private const int Kills = 5;
    private const int Commands = 4;
    private const int LineBytes = 400;
    private const int IntervalMs = 2;

    public static LoadScenario Card { get; } = new(
        Id, "Killed server", "kill -9 of the server, again and again, while commands write: every byte and the exact end arrive.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)))
    { Obstacle = Scenarios.Obstacle.NeedsOwnServer };

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        var kills = bench.Count(Kills);
        var lines = 1000 * kills;
        var expected = ExpectedBytes.Lines(lines, LineBytes);
        var milestones = new Milestones(kills, (long)lines * LineBytes);
        await using var client = await bench.ConnectAsync(bench.Url, Bench.GoesOn, cancellationToken);
        var running = Enumerable.Range(0, Commands).Select(number => RunAsync(client, number, lines, milestones, bench.Own!, cancellationToken)).ToArray();
        foreach (var seen in await Task.WhenAll(running))
        {
            findings.Saw(seen);
            findings.Expect("end", "exited 0", AgentChecks.EndOf(seen), seen);
            findings.Expect("SHA-256", expected, seen.Sha256, seen);
        }

        findings.Expect("kills", kills, milestones.Passed);
        findings.Figure("kills", milestones.Passed, "");
    }

    // What the first command has written says when the server is killed.
    private static Task<Observation> RunAsync(
        BenchClient client, int number, int lines, Milestones milestones, ServerUnderLoad server, CancellationToken cancellationToken)
    {
        long bytes = 0;
        return client.RunAsync(Bench.ChildRequest("lines", $"{lines}", $"{IntervalMs}", $"{LineBytes}"), cancellationToken, seen: item =>
        {
            bytes += item.Data?.Length ?? 0;
            if (number == 0)
            {
                milestones.At(bytes, server.KillServer);
            }
        });
    }

    /// <summary>Does something whenever another part of the way is done; a kill is bound to what was seen, never to a time.</summary>
    private sealed class Milestones(int count, long length)
    {
        public int Passed { get; private set; }

        public void At(long position, Action act)
        {
            if (Passed < count && position > length * (Passed + 1) / (count + 1))
            {
                Passed++;
                act();
            }
        }
    }
}
