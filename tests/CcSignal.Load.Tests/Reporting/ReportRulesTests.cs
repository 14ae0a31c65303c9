using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Tests.Reporting;

public sealed class ReportRulesTests
{
    [Fact]
    public void A_report_that_agrees_with_itself_is_written() => ReportRules.Check(Reports.Of(Reports.Passed(), Reports.Failed(), Reports.With(Status.Blocked)));

    [Fact]
    public void Counts_that_do_not_add_up_are_refused() =>
        Refused(Reports.Of(Reports.Passed()) with { Counts = new(2, 1, 0, 0, 0, 0) }).ShouldContain("counts");

    [Fact]
    public void Times_that_do_not_add_up_are_refused()
    {
        var report = Reports.Of(Reports.Passed());

        Refused(report with { Times = report.Times with { ScenarioSeconds = 7.18 } }).ShouldContain("add up");
    }

    [Fact]
    public void A_pass_without_an_executed_check_is_refused() => Refused(Reports.Of(Reports.Passed() with { Checks = [] })).ShouldContain("without an executed check");

    [Theory]
    [InlineData("Unknown")]
    [InlineData("unknown")]
    [InlineData(" ")]
    public void Something_without_a_name_is_refused(string title) => Refused(Reports.Of(Reports.Passed() with { Title = title })).ShouldContain("name");

    [Fact]
    public void A_failure_without_evidence_is_refused()
    {
        var failed = Reports.Failed();

        Refused(Reports.Of(failed with { Failures = [failed.Failures[0] with { Samples = [] }] })).ShouldContain("evidence");
    }

    [Fact]
    public void A_pass_that_is_none_is_refused() => Refused(Reports.Of(Reports.Failed()) with { Verdict = Verdict.Pass }).ShouldContain("passes");

    [Fact]
    public void A_comparison_whose_median_is_outside_its_range_is_refused()
    {
        var compared = Reports.Compared();
        var row = compared.Comparison!.Rows[0] with { Cells = [new("hub", new(5, 6, 7), Ratio: null)] };

        Refused(Reports.Of(compared with { Comparison = compared.Comparison with { Rows = [row] } })).ShouldContain("outside its range");
    }

    [Fact]
    public void Two_scenarios_with_one_id_are_refused() => Refused(Reports.Of(Reports.Passed(), Reports.Passed())).ShouldContain("share an id");

    private static string Refused(RunReport report) => Should.Throw<InvalidOperationException>(() => ReportRules.Check(report)).Message;
}
