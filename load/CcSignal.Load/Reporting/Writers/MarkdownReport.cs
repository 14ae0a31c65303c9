using System.Globalization;
using System.Text;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting.Writers;

/// <summary>One page to read, then the details.</summary>
internal static class MarkdownReport
{
    public static string Text(RunReport report)
    {
        var text = new StringBuilder();
        Line(text, $"# {Words.Of(report.Verdict)}: CcSignal load, {report.Profile}");
        Line(text);
        foreach (var reason in report.Because)
        {
            Line(text, $"- {Escaped(reason)}");
        }

        Gates(text, report);
        Scenarios(text, report);
        Line(text);
        Line(text, $"Began {Words.Of(report.Times.Began)}, ended {Words.Of(report.Times.Ended)}. Wall clock {Words.Seconds(report.Times.WallClockSeconds)}; sum of scenarios {Words.Seconds(report.Times.ScenarioSeconds)}; measured window {Words.Seconds(report.Times.MeasuredSeconds)}.");
        Line(text, $"Engine: {report.Engine.Name} ({report.Engine.Assembly} {report.Engine.Version}).");
        Baseline(text, report.Baseline);
        foreach (var scenario in report.Scenarios)
        {
            Details(text, scenario);
        }

        Line(text);
        Line(text, "## Environment");
        Line(text);
        Table(text, ["", ""], report.Environment.Select(fact => (string[])[fact.Name, Escaped(fact.Value)]));
        Line(text);
        Line(text, "## Limits");
        Line(text);
        foreach (var limit in report.Limits)
        {
            Line(text, $"- {Escaped(limit)}");
        }

        return text.ToString();
    }

    private static void Gates(StringBuilder text, RunReport report)
    {
        Line(text);
        Line(text, "## Gates");
        Line(text);
        if (report.Gates.Count == 0)
        {
            Line(text, "None is on these scenarios.");
            return;
        }

        Table(text, ["gate", "promise", "expected", "observed", ""], report.Gates.Select(gate =>
            (string[])[gate.Id, Escaped(gate.Promise), gate.Expected, gate.Observed ?? Escaped(gate.Why ?? ""), Words.Of(gate.State)]));
    }

    private static void Scenarios(StringBuilder text, RunReport report)
    {
        var counts = report.Counts;
        Line(text);
        Line(text, "## Scenarios");
        Line(text);
        Line(text, $"{counts.Total}: {counts.Passed} passed, {counts.Failed} failed, {counts.Blocked} blocked, {counts.Skipped} skipped, {counts.Invalid} invalid.");
        Line(text);
        Table(text, ["scenario", "status", "checks", "time", "what it shows"], report.Scenarios.Select(scenario => (string[])
        [
            $"`{scenario.Id}`", Words.Of(scenario.Status), Checks(scenario), Words.Seconds(scenario.Seconds), Escaped(scenario.Reason ?? scenario.Purpose),
        ]));
    }

    internal static string Checks(ScenarioReport scenario)
    {
        var executed = scenario.Checks.Sum(check => check.Executed);
        return Words.Say($"{executed - scenario.Checks.Sum(check => check.Failed)} of {executed}");
    }

    private static void Baseline(StringBuilder text, BaselineComparison? baseline)
    {
        Line(text);
        if (baseline is null)
        {
            Line(text, "Compared with no baseline.");
            return;
        }

        Line(text, $"## Compared with {baseline.Name} of {Words.Of(baseline.Began)}");
        Line(text);
        Line(text, Words.Say($"What moved by less than {baseline.NoisePercent:0} % is taken for noise."));
        foreach (var difference in baseline.Differences)
        {
            Line(text, $"- Not the same: {Escaped(difference)}");
        }

        Line(text);
        Table(text, ["scenario", "figure", "before", "now", "ratio", ""], baseline.Rows.Select(row => (string[])
        [
            row.Scenario, row.Name, $"{Words.Number(row.Before)} {row.Unit}", $"{Words.Number(row.Now)} {row.Unit}",
            row.Ratio is { } ratio ? Words.Number(ratio) : "", row.IsBeyondNoise ? "moved" : "",
        ]));
    }

    private static void Details(StringBuilder text, ScenarioReport scenario)
    {
        Line(text);
        Line(text, $"## {scenario.Title} (`{scenario.Id}`): {Words.Of(scenario.Status)}");
        Line(text);
        Line(text, Escaped(scenario.Purpose));
        Optional(text, scenario.Reason);
        Optional(text, scenario.Saturated is { } saturated ? $"This client was saturated: {saturated}" : null);
        Block(text, scenario.Checks.Count, ["check", "expected", "observed", "executed", "failed"], scenario.Checks.Select(check =>
            (string[])[Escaped(check.Name), Escaped(check.Expected), Escaped(check.Observed), Count(check.Executed), Count(check.Failed)]));
        if (scenario.Comparison is { } table)
        {
            Line(text);
            text.Append(MarkdownComparison.Text(table));
        }

        Block(text, scenario.Figures.Count, ["figure", "value"], scenario.Figures.Select(figure => (string[])[figure.Name, $"{Words.Number(figure.Value)} {figure.Unit}"]));
        Optional(text, LoadWords.Of(scenario.Load));
        Optional(text, LoadWords.Of(scenario.Streams));
        Block(text, scenario.Latencies.Count, ["latency, ms", "n", "p50", "p75", "p90", "p95", "p99", "p99.9", "max"], scenario.Latencies.Select(LoadWords.Cells));
        foreach (var group in scenario.Failures)
        {
            Failure(text, group);
        }
    }

    private static void Failure(StringBuilder text, FailureGroup group)
    {
        Line(text);
        Line(text, Words.Say($"**{group.Count} × {Escaped(group.Code)}**, first at {group.FirstSeconds:0.0} s, last at {group.LastSeconds:0.0} s"));
        if (group.Inferred is { } inferred)
        {
            Line(text);
            Line(text, $"Inferred: {Escaped(inferred.Cause)}, because {Escaped(inferred.Fact)}");
        }

        foreach (var sample in group.Samples)
        {
            Line(text);
            Line(text, "```text");
            foreach (var line in LoadWords.Lines(sample))
            {
                Line(text, line.Replace("```", "` ` `", StringComparison.Ordinal));
            }

            Line(text, "```");
        }
    }

    private static void Block(StringBuilder text, int count, string[] headings, IEnumerable<string[]> rows)
    {
        if (count > 0)
        {
            Line(text);
            Table(text, headings, rows);
        }
    }

    private static void Optional(StringBuilder text, string? sentence)
    {
        if (sentence is not null)
        {
            Line(text);
            Line(text, Escaped(sentence));
        }
    }

    private static void Table(StringBuilder text, string[] headings, IEnumerable<string[]> rows)
    {
        Line(text, $"| {string.Join(" | ", headings)} |");
        Line(text, $"| {string.Join(" | ", headings.Select(_ => "---"))} |");
        foreach (var row in rows)
        {
            Line(text, $"| {string.Join(" | ", row)} |");
        }
    }

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static void Line(StringBuilder text, string line = "") => text.Append(line).Append('\n');
}
