using CcSignal.Load.CommandLine;
using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;
using CcSignal.Load.Reporting.Writers;
using CcSignal.TestKit;

namespace CcSignal.Load.Tests.Reporting;

public sealed class BaselinesTests
{
    [Fact]
    public void A_report_is_read_back_as_a_baseline_and_compared()
    {
        using var folder = new TempDirectory();
        ReportFiles.Write(folder.Path, Reports.Of(Reports.Passed()));
        var now = Reports.Of(Reports.Passed() with { Figures = [new("speed", 85, "MB/s"), new("new", 1, "")] });

        var comparison = Baselines.Compare(folder["report.json"], Baselines.Read(folder["report.json"]), now);

        comparison.Rows.ShouldBe([new("good", "speed", "MB/s", 42.5, 85, 2, true)]);
        MarkdownReport.Text(now with { Baseline = comparison }).ShouldContain("Compared with report.json");
    }

    [Fact]
    public void What_moves_less_than_the_noise_has_not_moved()
    {
        var comparison = Baselines.Compare("before.json", Reports.Of(Reports.Passed()), Reports.Of(Reports.Passed() with { Figures = [new("speed", 45, "MB/s")] }));

        comparison.Rows.Single().IsBeyondNoise.ShouldBeFalse();
    }

    [Fact]
    public void Runs_that_are_hard_to_compare_say_why()
    {
        var before = Reports.Of(Reports.Passed()) with { Profile = "other", Environment = [new("cores", "64")] };

        Baselines.Compare("before.json", before, Reports.Of(Reports.Passed())).Differences.ShouldBe(["profile: other, now test", "cores: 64, now 2"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"format\":99")]
    public void A_broken_file_is_bad_input(string text)
    {
        using var folder = new TempDirectory();
        File.WriteAllText(folder["baseline.json"], text);

        Should.Throw<BadInputException>(() => Baselines.Read(folder["baseline.json"])).Message.ShouldContain("baseline.json");
    }

    [Fact]
    public void Without_one_the_report_says_so() => MarkdownReport.Text(Reports.Of(Reports.Passed())).ShouldContain("no baseline");
}
