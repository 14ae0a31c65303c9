using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting.Writers;

/// <summary>One scenario in full; open where there is something to look at.</summary>
internal static class HtmlDetails
{
    public static void Write(Html page, ScenarioReport scenario)
    {
        var style = Words.Of(scenario.Status);
        page.Raw($"<details class=\"{style}\"{(scenario.Status is Status.Failed or Status.Invalid ? " open" : "")}>\n<summary>")
            .Element("span", style, "mark").Element("code", scenario.Id).Element("span", scenario.Title).Raw("</summary>\n<div class=\"body\">\n")
            .Element("p", scenario.Purpose);
        Sentence(page, scenario.Reason, "warning");
        Sentence(page, scenario.Saturated is { } saturated ? $"This client was saturated: {saturated}" : null, "warning");
        foreach (var group in scenario.Failures)
        {
            Failure(page, group);
        }

        Checks(page, scenario);
        Figures(page, scenario);
        Sentence(page, LoadWords.Of(scenario.Load), "quiet");
        Sentence(page, LoadWords.Of(scenario.Streams), "quiet");
        Latencies(page, scenario);
        page.Raw("</div>\n</details>\n");
    }

    private static void Failure(Html page, FailureGroup group)
    {
        page.Raw("<div class=\"failure\">").Element(
            "h3", Words.Say($"{group.Count} × {group.Code}, first at {group.FirstSeconds:0.0} s, last at {group.LastSeconds:0.0} s"));
        if (group.Inferred is { } inferred)
        {
            page.Element("p", $"Inferred: {inferred.Cause}, because {inferred.Fact}");
        }

        foreach (var sample in group.Samples)
        {
            page.Element("pre", string.Join('\n', LoadWords.Lines(sample)));
        }

        page.Raw("</div>\n");
    }

    private static void Checks(Html page, ScenarioReport scenario)
    {
        if (scenario.Checks.Count > 0)
        {
            page.Table(
                ["", "check", "expected", "observed", "executed"],
                scenario.Checks.Select(check => ((string?)(check.Passed ? "passed" : "failed"), (IReadOnlyList<string>)
                [
                    check.Passed ? "held" : Words.Say($"failed {check.Failed}×"), check.Name, check.Expected, check.Observed, Words.Say($"{check.Executed}×"),
                ])),
                "mark", "", "value", "value", "number");
        }
    }

    private static void Figures(Html page, ScenarioReport scenario)
    {
        if (scenario.Figures.Count > 0)
        {
            page.Table(
                ["figure", "value"], scenario.Figures.Select(figure => ((string?)null, (IReadOnlyList<string>)[figure.Name, $"{Words.Number(figure.Value)} {figure.Unit}"])),
                "", "number");
        }
    }

    private static void Latencies(Html page, ScenarioReport scenario)
    {
        if (scenario.Latencies.Count > 0)
        {
            page.Table(
                ["latency, ms", "n", "p50", "p75", "p90", "p95", "p99", "p99.9", "max"],
                scenario.Latencies.Select(row => ((string?)null, (IReadOnlyList<string>)LoadWords.Cells(row))), "", "number");
        }
    }

    private static void Sentence(Html page, string? text, string style)
    {
        if (text is not null)
        {
            page.Element("p", text, style);
        }
    }
}
