using System.Globalization;
using CcSignal.Load.Engine.Stats;

namespace CcSignal.Load.Engine.Reports;

/// <summary>Statistics as rows of cells: a scenario, then its steps.</summary>
internal static class StatsTable
{
    public static IReadOnlyList<string> Headings { get; } =
        ["scenario", "step", "all", "ok", "failed", "per_second", "min_ms", "mean_ms", "max_ms", "p50_ms", "p75_ms", "p95_ms", "p99_ms", "bytes"];

    public static IEnumerable<IReadOnlyList<string>> Rows(NodeStats stats)
    {
        foreach (var scenario in stats.ScenarioStats)
        {
            yield return Row(scenario.ScenarioName, "", scenario.Ok, scenario.Fail);
            foreach (var step in scenario.StepStats)
            {
                yield return Row(scenario.ScenarioName, step.StepName, step.Ok, step.Fail);
            }
        }
    }

    private static string[] Row(string scenario, string step, MeasurementStats ok, MeasurementStats fail) =>
    [
        scenario, step, Say($"{ok.Request.Count + fail.Request.Count}"), Say($"{ok.Request.Count}"), Say($"{fail.Request.Count}"), Say($"{ok.Request.RPS:0.##}"),
        Say($"{ok.Latency.MinMs:0.###}"), Say($"{ok.Latency.MeanMs:0.###}"), Say($"{ok.Latency.MaxMs:0.###}"),
        Say($"{ok.Latency.Percent50:0.###}"), Say($"{ok.Latency.Percent75:0.###}"), Say($"{ok.Latency.Percent95:0.###}"), Say($"{ok.Latency.Percent99:0.###}"),
        Say($"{ok.DataTransfer.AllBytes + fail.DataTransfer.AllBytes}"),
    ];

    private static string Say(FormattableString value) => value.ToString(CultureInfo.InvariantCulture);
}
