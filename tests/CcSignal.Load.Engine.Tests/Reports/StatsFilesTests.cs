using CcSignal.Load.Engine.Reports;

namespace CcSignal.Load.Engine.Tests.Reports;

public sealed class StatsFilesTests
{
    [Theory]
    [InlineData(ReportFormat.Txt)]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.Md)]
    public void Every_format_has_every_row(ReportFormat format)
    {
        var stats = Runs.Run(Runs.Scenario(_ => Runs.Well(), Simulation.IterationsForConstant(1, 42)));

        var text = StatsFiles.Text(format, "suite: <test>", [StatsTable.Headings, .. StatsTable.Rows(stats)]);

        text.ShouldContain("scenario");
        text.ShouldContain("42");
        text.ShouldContain("p99_ms");
    }
}
