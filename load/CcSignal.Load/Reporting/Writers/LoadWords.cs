using System.Globalization;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting.Writers;

/// <summary>Load, streams, latencies and samples in words, for those who write pages.</summary>
internal static class LoadWords
{
    public static string? Of(LoadFacts? load) => load is null ? null : string.Join("; ", Parts(load)) + ".";

    public static string? Of(StreamFacts? streams) => streams is null ? null : Words.Say(
        $"Streams: {streams.Streams}, {streams.EndsSeen} with their end; {streams.Items:#,0} items ({Words.Number(streams.ItemsPerSecond)}/s), {Words.Bytes(streams.Bytes)} ({Words.Bytes(streams.BytesPerSecond)}/s); order violations {streams.OrderViolations}, lost {streams.LostBytes} B, doubled {streams.DoubledBytes} B.");

    /// <summary>How a comparison is to be read.</summary>
    public static string Of(ComparisonTable table) => Words.Say(
        $"Median (lowest–highest) of {table.Rounds} rounds in turns; a ratio is the figure of {table.Subjects[0]} to the other's in the same round. A server's memory is what each further one adds to its proportional set size, commands left out.");

    /// <summary>The median, and the range in brackets.</summary>
    public static string Of(Spread spread) => $"{Words.Number(spread.Median)} {RangeOf(spread)}";

    /// <summary>Likewise of a ratio, in two digits that count.</summary>
    public static string RatioOf(Spread ratio) => $"{Words.Ratio(ratio.Median)} ({Words.Ratio(ratio.Low)}–{Words.Ratio(ratio.High)})";

    public static string RangeOf(Spread spread) => $"({Words.Number(spread.Low)}–{Words.Number(spread.High)})";

    public static string[] Cells(LatencyRow row) =>
    [
        row.Of, row.Summary.Count.ToString("#,0", CultureInfo.InvariantCulture),
        Words.Percentile(row.Summary.P50Ms), Words.Percentile(row.Summary.P75Ms), Words.Percentile(row.Summary.P90Ms), Words.Percentile(row.Summary.P95Ms),
        Words.Percentile(row.Summary.P99Ms), Words.Percentile(row.Summary.P999Ms), Words.Number(row.Summary.MaxMs),
    ];

    public static IEnumerable<string> Lines(Sample sample)
    {
        yield return sample.Message;
        if (sample.ExecutionId is not null)
        {
            yield return $"execution {sample.ExecutionId}: {EndOf(sample)}; stdout {sample.StdoutBytes} B, stderr {sample.StderrBytes} B";
        }

        foreach (var (name, head) in ((string, string?)[])[("stdout", sample.StdoutHead), ("stderr", sample.StderrHead)])
        {
            foreach (var line in head is { Length: > 0 } ? head.TrimEnd('\n').Split('\n') : [])
            {
                yield return $"{name} | {line}";
            }
        }
    }

    private static string EndOf(Sample sample) => sample.Cause is null
        ? "no end was seen"
        : sample.Cause + (sample.ExitCode is { } code ? Words.Say($", exit code {code}") : "") + (sample.Signal is { } signal ? $", {signal}" : "");

    private static IEnumerable<string> Parts(LoadFacts load)
    {
        yield return load.Stages.Count > 0 ? $"Load: {string.Join(", then ", load.Stages)}" : "Load: as the scenario says";
        yield return Words.Say($"{load.Ok} well, {load.Failed} failed, {Words.Number(load.PerSecond)} a second");
        if (load.Started is { } started)
        {
            yield return Words.Say($"begun {started}{(load.Planned is { } planned ? Words.Say($" of {planned} planned") : "")}, dropped {load.Dropped}, at most {load.PeakInFlight} at once");
        }
        else
        {
            yield return "what was planned, dropped and at once is not told by this engine";
        }

        if (load.StartLagP99Ms is { } lag)
        {
            yield return $"begun late by {Words.Number(lag)} ms (p99)";
        }
    }
}
