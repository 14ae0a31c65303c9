using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting;

/// <summary>What must hold of a report before anyone writes it.</summary>
internal static class ReportRules
{
    /// <summary>Refuses a report that contradicts itself.</summary>
    /// <exception cref="InvalidOperationException">It does; the message says where.</exception>
    public static void Check(RunReport report)
    {
        var counts = report.Counts;
        Must(counts == Counts.Of(report.Scenarios), "the counts are not those of the scenarios");
        Must(counts.Total == counts.Passed + counts.Failed + counts.Blocked + counts.Skipped + counts.Invalid, "the counts do not add up");
        Must(report.Scenarios.DistinctBy(scenario => scenario.Id).Count() == counts.Total, "two scenarios share an id");
        Must(Math.Abs(report.Times.ScenarioSeconds - report.Scenarios.Sum(scenario => scenario.Seconds)) < 0.01, "the scenarios' times do not add up");
        Must(report.Verdict != Verdict.Pass || IsAllWell(report), "it passes with something that did not");
        Must(report.Because.Count > 0, "the verdict has no reason");
        foreach (var scenario in report.Scenarios)
        {
            Check(scenario);
        }
    }

    private static void Check(ScenarioReport scenario)
    {
        Must(IsNamed(scenario.Id) && IsNamed(scenario.Title) && IsNamed(scenario.Purpose), $"'{scenario.Id}' has no name or purpose");
        Must(scenario.Status != Status.Passed || scenario.Checks.Sum(check => check.Executed) > 0, $"'{scenario.Id}' passed without an executed check");
        Must(scenario.Status != Status.Passed || (scenario.Checks.All(check => check.Passed) && scenario.Failures.Count == 0), $"'{scenario.Id}' passed with a failure");
        Must(scenario.Status is Status.Passed or Status.Failed || scenario.Reason is not null, $"'{scenario.Id}' is {scenario.Status} without a reason");
        Must(scenario.Failures.All(group => group.Samples.Count is > 0 and <= FailureGroup.MaxSamples), $"'{scenario.Id}' has a failure without evidence");
        Must(
            scenario.Load is not { Started: { } started, Planned: { } planned, Dropped: { } dropped } || started + dropped <= planned,
            $"'{scenario.Id}' began more than was planned");
        if (scenario.Comparison is { } table)
        {
            Check(scenario.Id, table);
        }
    }

    private static void Check(string scenario, ComparisonTable table)
    {
        foreach (var (row, cell) in table.Rows.SelectMany(row => row.Cells.Select(cell => (row, cell))))
        {
            Must(table.Subjects.Contains(cell.Subject), $"'{scenario}' compares '{cell.Subject}', which it does not name");
            Must(IsInOrder(cell.Value) && (cell.Ratio is null || IsInOrder(cell.Ratio)), $"'{scenario}' has a median of {row.Id} outside its range");
            Must(cell.Ratio is null == (cell.Subject == table.Subjects[0]), $"'{scenario}' has a ratio of {row.Id} to nobody");
        }
    }

    private static bool IsInOrder(Spread spread) => spread.Low <= spread.Median && spread.Median <= spread.High;

    private static bool IsNamed(string text) => !string.IsNullOrWhiteSpace(text) && !text.Equals("unknown", StringComparison.OrdinalIgnoreCase);

    private static bool IsAllWell(RunReport report) =>
        report.Counts is { Failed: 0, Blocked: 0, Invalid: 0, Passed: > 0 } && report.Gates.All(gate => gate.State == GateState.Held) && report.Interrupted is null;

    private static void Must(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"The report is not written: {what}.");
        }
    }
}
