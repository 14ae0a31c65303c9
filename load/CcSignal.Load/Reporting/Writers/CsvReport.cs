using System.Globalization;
using System.Text;
using CcSignal.Load.Measuring;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting.Writers;

/// <summary>Every number in a row of its own, for whoever computes with them (RFC 4180).</summary>
internal static class CsvReport
{
    public static string Text(RunReport report)
    {
        var text = new StringBuilder("record,scenario,name,status,expected,observed,value,unit\r\n");
        Row(text, "verdict", name: report.Profile, status: Words.Of(report.Verdict), observed: report.Because[0]);
        Row(text, "time", name: "wall clock", value: report.Times.WallClockSeconds, unit: "s");
        Row(text, "time", name: "sum of scenarios", value: report.Times.ScenarioSeconds, unit: "s");
        Row(text, "time", name: "measured", value: report.Times.MeasuredSeconds, unit: "s");
        foreach (var (name, count) in CountsOf(report.Counts))
        {
            Row(text, "count", name: name, value: count);
        }

        foreach (var gate in report.Gates)
        {
            Row(text, "gate", gate.Scenario, gate.Id, Words.Of(gate.State), gate.Expected, gate.Observed ?? gate.Why);
        }

        foreach (var scenario in report.Scenarios)
        {
            Write(text, scenario);
        }

        foreach (var fact in report.Environment)
        {
            Row(text, "environment", name: fact.Name, observed: fact.Value);
        }

        return text.ToString();
    }

    internal static IEnumerable<(string Name, int Count)> CountsOf(Counts counts) =>
    [
        ("total", counts.Total), ("passed", counts.Passed), ("failed", counts.Failed),
        ("blocked", counts.Blocked), ("skipped", counts.Skipped), ("invalid", counts.Invalid),
    ];

    private static void Write(StringBuilder text, ScenarioReport scenario)
    {
        Row(text, "scenario", scenario.Id, scenario.Title, Words.Of(scenario.Status), observed: scenario.Reason, value: scenario.Seconds, unit: "s");
        foreach (var check in scenario.Checks)
        {
            Row(text, "check", scenario.Id, check.Name, check.Passed ? "passed" : "failed", check.Expected, check.Observed, check.Executed, "times");
        }

        foreach (var figure in scenario.Figures)
        {
            Row(text, "figure", scenario.Id, figure.Name, value: figure.Value, unit: figure.Unit);
        }

        foreach (var (row, cell) in scenario.Comparison?.Rows.SelectMany(row => row.Cells.Select(cell => (row, cell))) ?? [])
        {
            foreach (var (name, value) in ((string, double)[])[("median", cell.Value.Median), ("lowest", cell.Value.Low), ("highest", cell.Value.High)])
            {
                Row(text, "comparison", scenario.Id, $"{row.Id} {cell.Subject} {name}", value: value, unit: row.Unit);
            }
        }

        foreach (var latency in scenario.Latencies)
        {
            foreach (var (name, value) in PercentilesOf(latency.Summary))
            {
                Row(text, "latency", scenario.Id, $"{latency.Of} {name}", observed: value is null ? "n too small" : null, value: value, unit: "ms");
            }
        }

        foreach (var failure in scenario.Failures)
        {
            Row(text, "failure", scenario.Id, failure.Code, observed: failure.Samples[0].Message, value: failure.Count, unit: "times");
        }
    }

    private static IEnumerable<(string Name, double? Value)> PercentilesOf(LatencySummary summary) =>
    [
        ("p50", summary.P50Ms), ("p75", summary.P75Ms), ("p90", summary.P90Ms), ("p95", summary.P95Ms), ("p99", summary.P99Ms), ("p99.9", summary.P999Ms),
        ("max", summary.MaxMs),
    ];

    private static void Row(
        StringBuilder text, string record, string scenario = "", string name = "", string status = "", string? expected = null, string? observed = null,
        double? value = null, string unit = "")
    {
        string[] cells = [record, scenario, name, status, expected ?? "", observed ?? "", value?.ToString("R", CultureInfo.InvariantCulture) ?? "", unit];
        text.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
