using System.Globalization;
using CcSignal.Load.Subjects;

namespace CcSignal.Load.Compare;

/// <summary>A comparison as Markdown: medians with their range, ratios of the same round, and where it was measured.</summary>
internal static class ComparisonReport
{
    public static void Write(Comparison comparison, int rounds, TextWriter output)
    {
        output.WriteLine($"Median (lowest–highest) of {rounds} rounds; ratios are to {comparison.Subjects[0].Name} in the same round.");
        output.WriteLine();
        WriteCells(output, ["", .. comparison.Subjects.SelectMany(Headings)]);
        WriteCells(output, ["---", .. comparison.Subjects.SelectMany(Headings).Select(_ => "---:")]);
        foreach (var work in comparison.Works)
        {
            WriteCells(output, [work.Name, .. comparison.Subjects.SelectMany(subject => Cells(comparison, work, subject))]);
        }

        output.WriteLine();
        if (Programs.Installed("websocketd") is null)
        {
            output.WriteLine("Skipped: websocketd is not installed (Debian: apt-get install websocketd).");
        }

        foreach (var fact in Machine.Facts())
        {
            output.WriteLine($"- {fact}");
        }

        IEnumerable<string> Headings(ISubject subject) => subject == comparison.Subjects[0] ? [subject.Name] : [subject.Name, "ratio"];
    }

    private static IEnumerable<string> Cells(Comparison comparison, Work work, ISubject subject)
    {
        var figures = comparison[work, subject];
        yield return figures.ToString(work.Format);
        if (subject != comparison.Subjects[0])
        {
            yield return figures.RatioTo(comparison[work, comparison.Subjects[0]]).ToString("0.00");
        }
    }

    private static void WriteCells(TextWriter output, IEnumerable<string> cells) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |"));
}
