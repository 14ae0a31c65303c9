using System.Globalization;
using System.Net;
using CcSignal.Load.Engine.Stats;

namespace CcSignal.Load.Engine.Reports;

/// <summary>Writes statistics into the files a run asks for.</summary>
internal static class StatsFiles
{
    public static void Write(LoadContext context, NodeStats stats)
    {
        if (context.ReportFormats.Count == 0)
        {
            return;
        }

        Directory.CreateDirectory(context.ReportFolder);
        var name = context.ReportFileName
            ?? string.Create(CultureInfo.InvariantCulture, $"{context.TestName}_{context.Time.GetUtcNow():yyyy-MM-dd_HH.mm.ss}");
        foreach (var format in context.ReportFormats)
        {
            var file = Path.Combine(context.ReportFolder, $"{name}.{format.ToString().ToLowerInvariant()}");
            File.WriteAllText(file, Text(format, $"{context.TestSuite}: {context.TestName}", [StatsTable.Headings, .. StatsTable.Rows(stats)]));
        }
    }

    internal static string Text(ReportFormat format, string title, IReadOnlyList<IReadOnlyList<string>> rows) => format switch
    {
        ReportFormat.Csv => Lines(rows.Select(row => string.Join(',', row.Select(Quoted)))),
        ReportFormat.Md => Lines([$"# {title}", "", Bars(rows[0]), Bars(rows[0].Select(_ => "---")), .. rows.Skip(1).Select(Bars)]),
        ReportFormat.Txt => Lines([title, "", .. Aligned(rows)]),
        ReportFormat.Html => Page(title, rows),
        _ => throw new NotSupportedException($"{format} is no format."),
    };

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static string Bars(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static IEnumerable<string> Aligned(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static string Page(string title, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var body = string.Concat(rows.Select((row, index) => $"<tr>{string.Concat(row.Select(cell => Cell(index == 0 ? "th" : "td", cell)))}</tr>\n"));
        var name = WebUtility.HtmlEncode(title);
        return $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{name}</title></head>\n<body><h1>{name}</h1>\n<table>\n{body}</table></body></html>\n";

        static string Cell(string element, string text) => $"<{element}>{WebUtility.HtmlEncode(text)}</{element}>";
    }
}
