using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting.Writers;

/// <summary>A comparison as bars: for each figure one of every subject, its median with the range, and how ours stands to it.</summary>
internal static class HtmlComparison
{
    public static void Write(Html page, IEnumerable<ScenarioReport> scenarios)
    {
        foreach (var table in scenarios.Select(scenario => scenario.Comparison).OfType<ComparisonTable>())
        {
            page.Raw("<section><h2>Beside others</h2>\n").Element("p", LoadWords.Of(table), "quiet");
            foreach (var skipped in table.Skipped)
            {
                page.Element("p", $"Skipped: {skipped}.", "warning");
            }

            page.Raw("<div class=\"compared\">\n");
            foreach (var row in table.Rows)
            {
                Row(page, row);
            }

            page.Raw("</div></section>\n");
        }
    }

    private static void Row(Html page, ComparisonRow row)
    {
        page.Raw("<figure>").Raw("<figcaption>").Element("b", row.Name)
            .Element("span", $"{row.Unit}, {(row.IsHigherBetter ? "more" : "less")} is better", "quiet").Raw("</figcaption>\n");
        var most = row.Cells.Max(cell => cell.Value.High);
        foreach (var cell in row.Cells)
        {
            page.Raw($"<div class=\"bar{(cell.Ratio is null ? " ours" : "")}\">").Element("span", cell.Subject, "who");
            page.Raw(Words.Say($"<span class=\"track\"><i style=\"width:{PercentOf(cell.Value.Median)}%\"></i>"));
            page.Raw(Words.Say($"<u style=\"left:{PercentOf(cell.Value.Low)}%;width:{PercentOf(cell.Value.High - cell.Value.Low)}%\"></u></span>"));
            page.Element("span", Words.Number(cell.Value.Median), "median").Element("span", LoadWords.RangeOf(cell.Value), "quiet");
            page.Element("span", cell.Ratio is { } ratio ? $"hub ×{LoadWords.RatioOf(ratio)}" : "", StyleOf(row, cell)).Raw("</div>\n");
        }

        page.Raw("</figure>\n");

        double PercentOf(double value) => most <= 0 ? 0 : Math.Round(Math.Clamp(value / most, 0, 1) * 100, 2);
    }

    // Where the range of the rounds holds 1, nobody is better.
    private static string StyleOf(ComparisonRow row, ComparisonCell cell) => cell.Ratio switch
    {
        null => "ratio",
        { Low: > 1 } => row.IsHigherBetter ? "ratio better" : "ratio worse",
        { High: < 1 } => row.IsHigherBetter ? "ratio worse" : "ratio better",
        _ => "ratio",
    };
}
