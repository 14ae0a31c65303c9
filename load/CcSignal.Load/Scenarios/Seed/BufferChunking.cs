using CcSignal.Load.Findings;
using CcSignal.Load.Observing;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Scenarios.Seed;

/// <summary>Bytes are bytes: no line length, no text, no size of a write changes one of them.</summary>
internal static class BufferChunking
{
    private const string Id = "buffer-chunking";

    public static LoadScenario Card { get; } = new(
        Id, "Buffer chunking", "100 kB, 10 MB and 100 MB on one line, binary, split UTF-8 and writes of one byte arrive bit for bit.",
        (bench, findings) => Iteration.Once(Id, bench, findings, cancellationToken => RunAsync(bench, findings, cancellationToken)));

    private static IReadOnlyList<(string Name, string[] Words, long Bytes, string Sha256)> Cases =>
    [
        OneLine("100 kB on one line", 100_000),
        OneLine("10 MB on one line", 10_000_000),
        OneLine("100 MB on one line", 100_000_000),
        ("every byte value, 4,000 times", ["binary", "4000"], 4000 * 256, ExpectedBytes.Binary(4000)),
        ("UTF-8 split at every byte", ["utf8-split", "500"], 500 * 29, ExpectedBytes.Utf8Split(500)),
        ("20,000 writes of one byte", ["one-byte", "20000", "9"], 20_000, ExpectedBytes.Flood(20_000, seed: 9)),
        ("nothing at all", ["exit", "0"], 0, ExpectedBytes.Flood(0, seed: 0)),
    ];

    private static async Task RunAsync(Bench bench, ScenarioFindings findings, CancellationToken cancellationToken)
    {
        await using var client = await bench.ConnectAsync(cancellationToken);
        long wrong = 0;
        foreach (var (name, words, bytes, sha256) in Cases)
        {
            var seen = findings.Saw(await client.RunAsync(Bench.ChildRequest(words), cancellationToken));
            var counted = findings.Expect($"{name}: bytes", bytes, seen.StdoutBytes, seen);
            var same = findings.Expect($"{name}: SHA-256", sha256, seen.Sha256, seen);
            wrong += counted && same ? 0 : 1;
        }

        findings.Figure("outputs_wrong", wrong, "");
    }

    private static (string, string[], long, string) OneLine(string name, long bytes) => (name, ["one-line", $"{bytes}"], bytes, ExpectedBytes.OneLine(bytes));
}
