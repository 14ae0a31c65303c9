using System.Text;
using System.Text.Json;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting.Writers;

/// <summary>One page that opens without a network: text first, charts where scripts run.</summary>
internal static class HtmlReport
{
    private static readonly JsonSerializerOptions Compact = new(JsonReport.Options) { WriteIndented = false };

    public static string Text(RunReport report)
    {
        var page = new Html();
        page.Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.Element("title", $"{Words.Of(report.Verdict)}: CcSignal load, {report.Profile}");
        page.Raw($"<style>\n{PageFile.Read("uPlot.min.css")}\n{PageFile.Read("report.css")}\n</style>\n</head>\n<body>\n");
        Head(page, report);
        HtmlTables.Gates(page, report.Gates);
        HtmlComparison.Write(page, report.Scenarios);
        HtmlTables.Scenarios(page, report);
        page.Raw("<section id=\"charts\" hidden><h2>Over time</h2></section>\n");
        HtmlTables.Baseline(page, report.Baseline);
        page.Raw("<section><h2>Details</h2>\n");
        foreach (var scenario in report.Scenarios)
        {
            HtmlDetails.Write(page, scenario);
        }

        page.Raw("</section>\n");
        HtmlTables.Environment(page, report);
        page.Raw($"<script type=\"application/json\" id=\"data\">{DataOf(report)}</script>\n");
        page.Raw($"<script>\n{PageFile.Read("uPlot.iife.min.js")}\n</script>\n<script>\n{PageFile.Read("report.js")}\n</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Head(Html page, RunReport report)
    {
        page.Raw($"<header class=\"{Words.Of(report.Verdict).ToLowerInvariant()}\">\n");
        page.Raw("<div class=\"verdict\">").Element("strong", Words.Of(report.Verdict)).Element("h1", $"CcSignal load: {report.Profile}").Raw("</div>\n<ul class=\"because\">");
        foreach (var reason in report.Because)
        {
            page.Element("li", reason);
        }

        var times = report.Times;
        page.Raw("</ul>\n<dl class=\"facts\">");
        foreach (var (name, value) in ((string, string)[])
        [
            ("began", Words.Of(times.Began)),
            ("wall clock", Words.Seconds(times.WallClockSeconds)),
            ("sum of scenarios", Words.Seconds(times.ScenarioSeconds)),
            ("measured window", Words.Seconds(times.MeasuredSeconds)),
            ("engine", $"{report.Engine.Name} {Words.ShortVersion(report.Engine.Version)}"),
        ])
        {
            page.Raw("<div>").Element("dt", name).Element("dd", value).Raw("</div>");
        }

        page.Raw("</dl>\n</header>\n");
    }

    // What the charts need and the tables do not hold. The default encoder escapes <, so that no text can end the script element.
    private static string DataOf(RunReport report) => JsonSerializer.Serialize(
        new
        {
            scenarios = report.Scenarios.Select(scenario => new
            {
                scenario.Id,
                scenario.BeganSeconds,
                scenario.Seconds,
                scenario.Series,
                scenario.Distribution,
            }),
            report.Health,
        },
        Compact);
}
