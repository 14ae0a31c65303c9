using System.Globalization;
using System.Text;
using CcSignal.Contracts;
using CcSignal.Load.Findings;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>A thousand executions at once, each a line a second with the moment it was written in it.</summary>
internal static class Many
{
    private const string Id = "many";
    private const int Executions = 1000;
    private const int PerConnection = 50;
    private const int StartsAtOnce = 16;

    // bash tells the time and waits without starting a process, so that a thousand of them cost what their lines cost.
    private const string Shell = "/bin/bash";
    private const string Script = "exec 3<> <(:); for ((i = 0; i < $1; i++)); do read -rt 1 -u 3; printf '%s\\n' \"$EPOCHREALTIME\"; done";

    public static LoadScenario Card { get; } = new(
        Id, "Many executions", "Many executions at once, a line a second each: every line arrives, and soon after it was written.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)))
    { Obstacle = _ => Scenarios.Obstacle.NeedsProgram(Shell) };

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        var lines = Math.Max(5, (int)bench.During(30).TotalSeconds);
        var executions = bench.Count(Executions);
        var delays = new Samples();
        var clients = new List<BenchClient>();
        try
        {
            for (var number = 0; number < executions; number += PerConnection)
            {
                clients.Add(await bench.ConnectAsync(cancellationToken));
            }

            using var gate = new SemaphoreSlim(StartsAtOnce);
            var running = Enumerable.Range(0, executions).Select(number => FollowAsync(clients[number / PerConnection], gate, lines, delays, findings, cancellationToken));
            var whole = (await Task.WhenAll(running)).Sum();
            findings.Figure("executions", executions, "");
            findings.Figure("lines_lost", (double)executions * lines - whole, "");
            delays.Percentile(findings, "write_to_client_p50_ms", 50);
            delays.Percentile(findings, "write_to_client_p99_ms", 99);
        }
        finally
        {
            foreach (var client in clients)
            {
                await client.DisposeAsync();
            }
        }
    }

    // Only starting takes turns; all of them run at once.
    private static async Task<long> FollowAsync(
        BenchClient client, SemaphoreSlim gate, int lines, Samples delays, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        string id;
        try
        {
            id = (await client.Client.StartAsync(Bench.Request(Shell, "-c", Script, "many", $"{lines}"), cancellationToken)).Id;
        }
        finally
        {
            gate.Release();
        }

        long seen = 0;
        findings.Saw(await client.FollowAsync(id, cancellationToken, seen: item => seen += Count(item, delays)));
        findings.Expect("lines of each", lines, seen);
        return seen;
    }

    // The wall clock of one machine: writer and reader share it.
    private static int Count(ExecutionEvent item, Samples delays)
    {
        if (item is not { Kind: EventKind.Output, Data: { } data })
        {
            return 0;
        }

        var now = TimeProvider.System.GetUtcNow();
        var stamps = Encoding.ASCII.GetString(data.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var stamp in stamps)
        {
            if (double.TryParse(stamp, CultureInfo.InvariantCulture, out var written))
            {
                delays.Add(now - DateTimeOffset.UnixEpoch.AddTicks((long)(written * TimeSpan.TicksPerSecond)));
            }
        }

        return stamps.Length;
    }
}
