using System.Security.Cryptography;
using System.Text;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Load.Findings;
using CcSignal.Load.Runs;
using CcSignal.Load.Subjects;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>More than a server may run at once: what waits, waits in order; what is too much is refused in clear words. Owns a small server of its own.</summary>
internal static class Queue
{
    private const string Id = "queue";
    private const int MaxRunning = 2;
    private const int MaxQueued = 30;
    private const int TooMany = 10;

    public static LoadScenario Card { get; } = new(
        Id, "Overload", "A full queue refuses with queue_full, what was accepted runs to its end, and a second owner's commands do not wait for all of the first's.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)));

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        var (first, second) = (NewToken(), NewToken());
        await using var server = await ServerUnderLoad.StartAsync(
            cancellationToken,
            ("CcSignal__Admission__MaxRunning", $"{MaxRunning}"), ("CcSignal__Admission__MaxQueued", $"{MaxQueued}"),
            ("CcSignal__Access__Tokens__first__Sha256", Sha256(first)), ("CcSignal__Access__Tokens__second__Sha256", Sha256(second)));
        await using var one = await ConnectAsync(bench, server, first, cancellationToken);
        await using var other = await ConnectAsync(bench, server, second, cancellationToken);
        var held = await StartAsync(one, MaxRunning, "600", cancellationToken);
        var mine = await StartAsync(one, MaxQueued * 2 / 3, "0.05", cancellationToken);
        var theirs = await StartAsync(other, MaxQueued - mine.Count, "0.05", cancellationToken);
        await RefusedAsync(findings, one, cancellationToken);
        foreach (var id in held)
        {
            await one.CancelAsync(id, cancellationToken: cancellationToken);
        }

        var ended = await Task.WhenAll(mine.Select(id => EndAsync(one, id, cancellationToken)).Concat(theirs.Select(id => EndAsync(other, id, cancellationToken))));
        findings.Expect("accepted ones that ended with 0", mine.Count + theirs.Count, ended.Count(info => info.End is { Cause: EndCause.Exited, ExitCode: 0 }));
        Fairness(findings, ended[..mine.Count], ended[mine.Count..]);
    }

    private static async Task RefusedAsync(ScenarioFindings findings, CcSignalClient client, CancellationToken cancellationToken)
    {
        var refused = 0;
        for (var number = 0; number < TooMany; number++)
        {
            try
            {
                await client.StartAsync(Bench.ChildRequest("sleep", "0.05"), cancellationToken);
            }
            catch (CallRefusedException error) when (error.Code == ErrorCodes.QueueFull)
            {
                refused++;
            }
        }

        findings.Expect("refused with queue_full", TooMany, refused);
    }

    // Both waited when the first place came free. In turns, the second owner's last one starts about when as many of the first's have started.
    private static void Fairness(ScenarioFindings findings, ExecutionInfo[] mine, ExecutionInfo[] theirs)
    {
        var last = theirs.Max(info => info.StartedAt);
        var before = mine.Count(info => info.StartedAt < last);
        findings.Figure("first_owners_starts_before_seconds_last", 100.0 * before / mine.Length, "%");
    }

    private static async Task<IReadOnlyList<string>> StartAsync(CcSignalClient client, int count, string seconds, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        for (var number = 0; number < count; number++)
        {
            ids.Add((await client.StartAsync(Bench.ChildRequest("sleep", seconds), cancellationToken)).Id);
        }

        return ids;
    }

    private static async Task<ExecutionInfo> EndAsync(CcSignalClient client, string id, CancellationToken cancellationToken) =>
        (await client.FollowAsync(id, cancellationToken: cancellationToken).LastAsync(cancellationToken)).Info!;

    private static Task<CcSignalClient> ConnectAsync(Bench bench, ServerUnderLoad server, string token, CancellationToken cancellationToken) =>
        CcSignalClient.ConnectAsync(new CcSignalClientOptions { Url = server.Url, Token = token, Format = bench.Options.Format }, cancellationToken);

    private static string NewToken() => RandomNumberGenerator.GetHexString(64);

    private static string Sha256(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
