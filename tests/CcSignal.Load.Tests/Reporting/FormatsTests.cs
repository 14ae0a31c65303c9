using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;
using CcSignal.Load.Reporting.Writers;
using CcSignal.TestKit;

namespace CcSignal.Load.Tests.Reporting;

/// <summary>Five writers, one model: whoever reads any of them reads the same.</summary>
public sealed class FormatsTests
{
    private static readonly RunReport Report = Reports.Of(
        [Reports.Passed(), Reports.Failed(), Reports.With(Status.Blocked), Reports.With(Status.Skipped), Reports.With(Status.Invalid)],
        [Reports.Gate(), Reports.Gate("bad", number: 1000), Reports.Gate("blocked", figure: "none")]);

    [Fact]
    public void All_five_files_are_written()
    {
        using var folder = new TempDirectory();

        ReportFiles.Write(folder.Path, Report);

        Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order().ShouldBe(["report.csv", "report.html", "report.json", "report.md", "report.xml"]);
    }

    [Fact]
    public void Every_format_begins_with_the_verdict()
    {
        MarkdownReport.Text(Report).ShouldStartWith("# FAIL");
        HtmlReport.Text(Report).ShouldContain("<title>FAIL");
        CsvReport.Text(Report).Split("\r\n")[1].ShouldStartWith("verdict,,test,FAIL");
        JsonDocument.Parse(JsonReport.Text(Report)).RootElement.GetProperty("verdict").GetString().ShouldBe("fail");
        XDocument.Parse(JUnitReport.Text(Report)).Root!.Attribute("name")!.Value.ShouldEndWith("FAIL");
    }

    [Fact]
    public void Every_format_has_every_scenario_with_its_status()
    {
        foreach (var scenario in Report.Scenarios)
        {
            var status = Words.Of(scenario.Status);
            MarkdownReport.Text(Report).ShouldContain($"| `{scenario.Id}` | {status} |");
            HtmlReport.Text(Report).ShouldContain($"<tr class=\"{status}\"><td class=\"mark\">{status}</td><td class=\"code\">{scenario.Id}</td>");
            CsvReport.Text(Report).ShouldContain($"scenario,{scenario.Id},{scenario.Title},{status},");
            JsonReport.Text(Report).ShouldContain($"\"id\": \"{scenario.Id}\"");
        }
    }

    [Fact]
    public void The_counts_are_the_same_in_every_format()
    {
        const string sentence = "5: 1 passed, 1 failed, 1 blocked, 1 skipped, 1 invalid.";
        MarkdownReport.Text(Report).ShouldContain(sentence);
        HtmlReport.Text(Report).ShouldContain(sentence);
        foreach (var name in (string[])["passed", "failed", "blocked", "skipped", "invalid"])
        {
            CsvReport.Text(Report).ShouldContain($"count,,{name},,,,1,");
        }

        JsonSerializer.Deserialize<RunReport>(JsonReport.Text(Report), JsonReport.Options)!.Counts.ShouldBe(Report.Counts);
    }

    [Fact]
    public void JUnit_counts_what_it_holds()
    {
        var root = XDocument.Parse(JUnitReport.Text(Report)).Root!;

        foreach (var element in root.Elements("testsuite").Append(root))
        {
            Number(element, "tests").ShouldBe(element.Descendants("testcase").Count());
            Number(element, "failures").ShouldBe(element.Descendants("failure").Count());
            Number(element, "errors").ShouldBe(element.Descendants("error").Count());
            Number(element, "skipped").ShouldBe(element.Descendants("skipped").Count());
        }

        root.Elements("testsuite").Single(suite => suite.Attribute("name")!.Value == "scenarios").Elements("testcase").Count().ShouldBe(5);
        root.Descendants("failure").Select(failure => failure.Attribute("message")!.Value).ShouldContain("bytes: expected 10, observed 9");
    }

    [Fact]
    public void Expected_and_observed_stand_side_by_side()
    {
        MarkdownReport.Text(Report).ShouldContain("| bytes | 10 | 9 | 1 | 1 |");
        HtmlReport.Text(Report).ShouldContain("<td class=\"value\">10</td><td class=\"value\">9</td>");
        CsvReport.Text(Report).ShouldContain("check,bad,bytes,failed,10,9,1,times");
    }

    [Fact]
    public void A_percentile_without_samples_is_said_to_be_none()
    {
        MarkdownReport.Text(Report).ShouldContain("n too small");
        CsvReport.Text(Report).ShouldContain("latency,good,service p99,,,n too small,,ms");
    }

    [Fact]
    public void What_a_command_printed_cannot_become_markup()
    {
        HtmlReport.Text(Report).ShouldNotContain("<b>nine");
        HtmlReport.Text(Report).ShouldContain("&lt;b&gt;nine");
        HtmlReport.Text(Report).ShouldNotContain("<tag>");
        XDocument.Parse(JUnitReport.Text(Reports.Of(Reports.Failed(message: "a bell \a and ]]>")))).Descendants("failure").ShouldNotBeEmpty();
    }

    [Fact]
    public void The_page_needs_no_network()
    {
        var page = HtmlReport.Text(Report);

        page.ShouldNotContain("<link");
        page.ShouldNotContain(" src=");
        page.ShouldNotContain("@import");
        page.ShouldContain("uPlot");
    }

    [Fact]
    public void What_is_inferred_is_called_so_with_its_fact()
    {
        MarkdownReport.Text(Report).ShouldContain("Inferred: a short write, because the end counts 10 bytes");
        HtmlReport.Text(Report).ShouldContain("Inferred: a short write, because the end counts 10 bytes");
    }

    [Fact]
    public void A_comparison_is_the_same_in_every_format()
    {
        var report = Reports.Of(Reports.Compared());

        MarkdownReport.Text(report).ShouldContain("| throughput, MB/s | 500 (400–550) | 600 (590–610) | 0.80 (0.70–0.90) | 200 (190–210) | 2.5 (2.1–2.6) |");
        MarkdownReport.Text(report).ShouldContain("Skipped: websocketd is not installed.");
        HtmlReport.Text(report).ShouldContain("<span class=\"ratio worse\">hub &#215;0.80 (0.70–0.90)</span>");
        HtmlReport.Text(report).ShouldContain("Skipped: websocketd is not installed.");
        CsvReport.Text(report).ShouldContain("comparison,compared,flood raw pipe highest,,,,610,MB/s");
        var read = JsonSerializer.Deserialize<RunReport>(JsonReport.Text(report), JsonReport.Options)!.Scenarios.Single().Comparison!;
        read.Rows[0].Of("ssh").ShouldBe(report.Scenarios.Single().Comparison!.Rows[0].Of("ssh"));
    }

    [Fact]
    public void Who_has_nothing_to_measure_has_an_empty_cell() => MarkdownReport.Text(Reports.Of(Reports.Compared())).ShouldContain("| memory, KiB | 38 (37–39) |  |  | 76 (76–76) | 0.50 (0.49–0.51) |");

    [Fact]
    public void Less_is_better_where_it_is() => HtmlReport.Text(Reports.Of(Reports.Compared())).ShouldContain("<span class=\"ratio better\">hub &#215;0.50 (0.49–0.51)</span>");

    [Fact]
    public void Three_times_have_three_names() =>
        MarkdownReport.Text(Report).ShouldContain("Wall clock 60.00 s; sum of scenarios 10.00 s; measured window 7.50 s.");

    private static int Number(XElement element, string name) => int.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
