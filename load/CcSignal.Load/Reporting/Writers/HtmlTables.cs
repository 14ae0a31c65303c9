using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting.Writers;

/// <summary>The tables of the first page, and what stands at its end.</summary>
internal static class HtmlTables
{
    public static void Gates(Html page, IReadOnlyList<GateResult> gates)
    {
        page.Raw("<section><h2>Gates</h2>\n");
        if (gates.Count == 0)
        {
            page.Element("p", "None is on these scenarios.");
        }
        else
        {
            page.Table(
                ["", "promise", "expected", "observed", "scenario"],
                gates.Select(gate => ((string?)StyleOf(gate.State), (IReadOnlyList<string>)
                    [Words.Of(gate.State), gate.Promise, gate.Expected, gate.Observed ?? gate.Why ?? "", gate.Scenario])),
                "mark", "", "number", "number", "code");
        }

        page.Raw("</section>\n");
    }

    public static void Scenarios(Html page, RunReport report)
    {
        var counts = report.Counts;
        page.Raw("<section><h2>Scenarios</h2>\n").Element(
            "p", $"{counts.Total}: {counts.Passed} passed, {counts.Failed} failed, {counts.Blocked} blocked, {counts.Skipped} skipped, {counts.Invalid} invalid.");
        page.Table(
            ["", "scenario", "what it shows", "checks", "time"],
            report.Scenarios.Select(scenario => ((string?)Words.Of(scenario.Status), (IReadOnlyList<string>)
                [Words.Of(scenario.Status), scenario.Id, scenario.Reason ?? scenario.Purpose, MarkdownReport.Checks(scenario), Words.Seconds(scenario.Seconds)])),
            "mark", "code", "", "number", "number");
        page.Raw("</section>\n");
    }

    public static void Baseline(Html page, BaselineComparison? baseline)
    {
        if (baseline is null)
        {
            page.Element("p", "Compared with no baseline.", "quiet");
            return;
        }

        page.Raw("<section>").Element("h2", $"Compared with {baseline.Name} of {Words.Of(baseline.Began)}")
            .Element("p", Words.Say($"What moved by less than {baseline.NoisePercent:0} % is taken for noise."));
        foreach (var difference in baseline.Differences)
        {
            page.Element("p", $"Not the same: {difference}", "warning");
        }

        page.Table(
            ["scenario", "figure", "before", "now", "ratio"],
            baseline.Rows.Select(row => (row.IsBeyondNoise ? "moved" : (string?)null, (IReadOnlyList<string>)
                [row.Scenario, row.Name, $"{Words.Number(row.Before)} {row.Unit}", $"{Words.Number(row.Now)} {row.Unit}", row.Ratio is { } ratio ? Words.Number(ratio) : ""])),
            "code", "", "number");
        page.Raw("</section>\n");
    }

    public static void Environment(Html page, RunReport report)
    {
        page.Raw("<section><h2>Environment</h2>\n<dl class=\"facts all\">");
        foreach (var fact in report.Environment.Append(new Fact("engine's assembly", report.Engine.Assembly)))
        {
            page.Raw("<div>").Element("dt", fact.Name).Element("dd", fact.Value).Raw("</div>");
        }

        page.Raw("</dl></section>\n<section><h2>Limits</h2>\n<ul>");
        foreach (var limit in report.Limits)
        {
            page.Element("li", limit);
        }

        page.Raw("</ul></section>\n");
    }

    private static string StyleOf(GateState state) => state switch
    {
        GateState.Held => "passed",
        GateState.Broken => "failed",
        _ => "invalid",
    };
}
