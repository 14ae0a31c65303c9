using CcSignal.Load.CommandLine;
using CcSignal.Load.Reporting.Model;
using CcSignal.Load.Reporting.Writers;

namespace CcSignal.Load.Reporting;

/// <summary>The five files of a report.</summary>
internal static class ReportFiles
{
    private static readonly (string Name, Func<RunReport, string> Text)[] Writers =
    [
        ("report.md", MarkdownReport.Text),
        ("report.html", HtmlReport.Text),
        ("report.csv", CsvReport.Text),
        ("report.json", JsonReport.Text),
        ("report.xml", JUnitReport.Text),
    ];

    /// <summary>Makes sure that reports can be written there, before a run that would be for nothing.</summary>
    /// <exception cref="BadInputException">They cannot.</exception>
    public static void Prepare(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new BadInputException($"The report folder '{folder}' cannot be written to: {error.Message}");
        }
    }

    /// <summary>Writes all of them, or none if the report contradicts itself.</summary>
    public static void Write(string folder, RunReport report)
    {
        ReportRules.Check(report);
        foreach (var (name, text) in Writers.Select(writer => (writer.Name, writer.Text(report))).ToArray())
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }
}
