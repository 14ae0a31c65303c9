using CcSignal.Load.Measuring;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Runs;

/// <summary>An engine's statistics as the report has them: with everything where it measures so much, and otherwise with what NBomber's words hold.</summary>
internal static class EngineFigures
{
    // Fewer are single events, which the checks tell; a distribution of them says nothing.
    private const int MinForLatencies = 2;
    private const int MinForDistribution = 100;

    private static readonly double[] Percents = [1, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99];

    public static LoadFacts Load(ScenarioStats stats, MeasuredScenario? measured, TimeSpan window) => new()
    {
        Stages = measured?.Stages ?? [],
        Planned = measured?.Planned,
        Ok = stats.Ok.Request.Count,
        Failed = stats.Fail.Request.Count,
        Started = measured?.Started,
        Dropped = measured?.Dropped,
        PeakInFlight = measured?.PeakInFlight,
        PerSecond = window > TimeSpan.Zero ? stats.Ok.Request.Count / window.TotalSeconds : 0,
        StartLagP99Ms = measured is null ? null : LatencySummary.Percentile(measured.StartLag, 99),
    };

    public static IReadOnlyList<LatencyRow> Latencies(ScenarioStats stats, MeasuredScenario? measured)
    {
        if (stats.Ok.Request.Count + stats.Fail.Request.Count < MinForLatencies)
        {
            return [];
        }

        LatencyRow?[] rows = measured is null
            ? [Row("service", stats.Ok), Row("failed", stats.Fail), .. stats.StepStats.Select(step => Row(step.StepName, step.Ok))]
            : [
                Row("from the intended start", measured.FromIntended), Row("service", measured.Ok), Row("failed", measured.Failed),
                .. measured.Steps.Select(step => Row(step.Name, step.Ok)),
            ];
        return [.. rows.OfType<LatencyRow>()];
    }

    public static IReadOnlyList<DistributionPoint> Distribution(MeasuredScenario? measured) => measured is not { FromIntended.Count: >= MinForDistribution }
        ? []
        : [.. Percents.Select(percent => (percent, Ms: LatencySummary.Percentile(measured.FromIntended, percent)))
            .Where(point => point.Ms is not null)
            .Select(point => new DistributionPoint(point.percent, point.Ms!.Value))];

    private static LatencyRow? Row(string of, LatencyHistogram times) => times.Count == 0 ? null : new(of, LatencySummary.Of(times));

    private static LatencyRow? Row(string of, MeasurementStats stats) => stats.Request.Count == 0 ? null : new(of, new LatencySummary
    {
        Count = stats.Request.Count,
        MinMs = stats.Latency.MinMs,
        MeanMs = stats.Latency.MeanMs,
        MaxMs = stats.Latency.MaxMs,
        DeviationMs = stats.Latency.StdDev,
        P50Ms = stats.Latency.Percent50,
        P75Ms = stats.Latency.Percent75,
        P95Ms = stats.Latency.Percent95,
        P99Ms = stats.Request.Count >= 100 ? stats.Latency.Percent99 : null,
    });
}
