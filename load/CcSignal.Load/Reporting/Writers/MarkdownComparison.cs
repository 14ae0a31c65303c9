using System.Text;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting.Writers;

/// <summary>A comparison as a table: medians with their range, and our ratio to each of the others.</summary>
internal static class MarkdownComparison
{
    public static string Text(ComparisonTable table)
    {
        var text = new StringBuilder();
        Row(text, ["", .. table.Subjects.SelectMany((name, index) => index == 0 ? (string[])[name] : [name, "ratio"])]);
        Row(text, ["---", .. table.Subjects.SelectMany((_, index) => index == 0 ? (string[])["---:"] : ["---:", "---:"])]);
        foreach (var row in table.Rows)
        {
            Row(text, [$"{row.Name}, {row.Unit}", .. table.Subjects.SelectMany((name, index) => Cells(row.Of(name), isOurs: index == 0))]);
        }

        text.Append('\n').Append(LoadWords.Of(table)).Append('\n');
        foreach (var skipped in table.Skipped)
        {
            text.Append("\nSkipped: ").Append(skipped).Append(".\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Cells(ComparisonCell? cell, bool isOurs)
    {
        yield return cell is null ? "" : LoadWords.Of(cell.Value);
        if (!isOurs)
        {
            yield return cell?.Ratio is { } ratio ? LoadWords.RatioOf(ratio) : "";
        }
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
