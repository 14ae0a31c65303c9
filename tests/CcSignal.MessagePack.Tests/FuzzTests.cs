using System.Globalization;

namespace CcSignal.MessagePack.Tests;

public class FuzzTests(ITestOutputHelper output)
{
    private const int FramesInAll = 1_000_000;
    private const int Fuzzers = 16;

    // CCSIGNAL_FUZZ_SEED tries other frames than the ones that every run tries.
    private static readonly int Seed =
        int.Parse(Environment.GetEnvironmentVariable("CCSIGNAL_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);

    [Fact(Timeout = 300_000)]
    public async Task A_million_frames_of_any_kind_are_read_or_refused()
    {
        output.WriteLine($"Seed {Seed}.");
        var verdicts = new int[Enum.GetValues<Verdict>().Length];
        await Parallel.ForAsync(0, Fuzzers, TestContext.Current.CancellationToken, (fuzzer, _) =>
        {
            var frames = new FrameFuzzer((Seed * Fuzzers) + fuzzer);
            for (var count = 0; count < FramesInAll / Fuzzers; count++)
            {
                var (frame, binder) = frames.Next();
                Interlocked.Increment(ref verdicts[(int)FrameJudge.Judge(frame, binder)]);
            }

            return ValueTask.CompletedTask;
        });

        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            output.WriteLine($"{verdict}: {verdicts[(int)verdict]}");

            // A fuzzer that never gets past the first byte would find nothing.
            verdicts[(int)verdict].ShouldBeGreaterThan(FramesInAll / 200, customMessage: verdict.ToString());
        }
    }
}
