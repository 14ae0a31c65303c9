using CcSignal.Load.Findings;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;
using CcSignal.Load.Scenarios.Seed;

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
        var ids = new List<string>();
        await using (var owner = await bench.ConnectAsync(cancellationToken))
        {
            for (var number = 0; number < Commands; number++)
            {
                var request = Bench.ChildRequest("lines", $"{lines}", $"{IntervalMs}", $"{LineBytes}");
                ids.Add((await owner.Client.StartAsync(request, cancellationToken)).Id);
            }
        }

        var running = ids.Select((id, index) =>
            Resuming.FollowAsync(bench, bench.Url, id, index == 0 ? bytes => milestones.At(bytes, bench.Own!.KillServer) : null, cancellationToken)).ToArray();
        foreach (var (seen, _) in await Task.WhenAll(running))
        {
            findings.Saw(seen);
            findings.Expect("end", "exited 0", AgentChecks.EndOf(seen), seen);
            findings.Expect("SHA-256", expected, seen.Sha256, seen);
        }

        findings.Expect("kills", kills, milestones.Passed);
        findings.Figure("kills", milestones.Passed, "");
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
