using CcSignal.Load.Gates;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting;

/// <summary>What was not tested, and what weakens the figures.</summary>
internal static class ReportLimits
{
    public static IEnumerable<string> Of(IReadOnlyCollection<ScenarioReport> reports, IEnumerable<Gate> missing, IEnumerable<HealthSample> health, string profile, string protocol, bool isSameMachine)
    {
        if (isSameMachine)
        {
            yield return "Server, commands and client share one machine: each takes processor time from the others. Compare within a run, or between runs on the same machine.";
        }

        if (!Machine.IsOptimized)
        {
            yield return "This is a Debug build: its times say nothing.";
        }

        foreach (var scenario in reports.Where(report => report.Status is Status.Skipped or Status.Blocked))
        {
            yield return $"Not tested: {scenario.Id}, {scenario.Reason}.";
        }

        foreach (var gate in missing.Where(gate => reports.Any(report => report.Id == gate.Scenario)))
        {
            yield return $"Not evaluated: {gate.Id}, {gate.Needs} is not installed.";
        }

        foreach (var scenario in reports.Where(report => report.Saturated is not null))
        {
            yield return $"The times of {scenario.Id} are this client's own: {scenario.Saturated}";
        }

        if (!health.Any(sample => sample.ServerCollections is not null))
        {
            yield return "The server's garbage collections and thread pool were not sampled: its runtime told this program nothing.";
        }

        yield return $"Only the {profile} scenarios ran, over one hub protocol ({protocol}); a percentile is told only where enough samples stand behind it.";
    }
}
