using System.Text.Json;
using CcSignal.Load.CommandLine;
using CcSignal.Load.Reporting.Model;
using CcSignal.Load.Reporting.Writers;

namespace CcSignal.Load.Reporting;

/// <summary>Reads a report of another run and lays this one beside it.</summary>
internal static class Baselines
{
    // Two runs of the same code on a shared machine differ by about so much (docs/load-testing.md).
    private const double NoisePercent = 25;

    /// <exception cref="BadInputException">It cannot be read, or is no report.</exception>
    public static RunReport Read(string file)
    {
        try
        {
            var report = JsonSerializer.Deserialize<RunReport>(File.ReadAllBytes(file), JsonReport.Options);
            return report is { Format: RunReport.CurrentFormat }
                ? report
                : throw new BadInputException($"The baseline '{file}' has format {report?.Format}; this program reads {RunReport.CurrentFormat}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            throw new BadInputException($"The baseline '{file}' is no report that can be read: {error.Message}");
        }
    }

    public static BaselineComparison Compare(string file, RunReport before, RunReport now)
    {
        var known = FiguresOf(before).ToDictionary(row => (row.Scenario, row.Figure.Name), row => row.Figure);
        var rows = FiguresOf(now)
            .Where(row => known.ContainsKey((row.Scenario, row.Figure.Name)))
            .Select(row => Row(row.Scenario, known[(row.Scenario, row.Figure.Name)], row.Figure));
        return new(Path.GetFileName(file), before.Times.Began, NoisePercent, [.. rows], [.. Differences(before, now)]);
    }

    private static IEnumerable<(string Scenario, Figure Figure)> FiguresOf(RunReport report) =>
        from scenario in report.Scenarios
        from figure in scenario.Figures
        select (scenario.Id, figure);

    private static BaselineRow Row(string scenario, Figure before, Figure now)
    {
        double? ratio = before.Value == 0 ? null : now.Value / before.Value;
        var moved = ratio is { } share ? Math.Abs(share - 1) * 100 > NoisePercent : now.Value != 0;
        return new(scenario, now.Name, now.Unit, before.Value, now.Value, ratio, moved);
    }

    private static IEnumerable<string> Differences(RunReport before, RunReport now)
    {
        if (before.Profile != now.Profile)
        {
            yield return $"profile: {before.Profile}, now {now.Profile}";
        }

        // Its version changes with every commit, which is what is compared; another engine measures otherwise.
        if (before.Engine.Name != now.Engine.Name)
        {
            yield return $"engine: {before.Engine.Name}, now {now.Engine.Name}";
        }

        foreach (var name in (string[])["system", "cores", "runtime", "build", "transport"])
        {
            var (then, today) = (ValueOf(before), ValueOf(now));
            if (then != today)
            {
                yield return $"{name}: {then}, now {today}";
            }

            string ValueOf(RunReport report) => report.Environment.FirstOrDefault(fact => fact.Name == name)?.Value ?? "not told";
        }
    }
}
