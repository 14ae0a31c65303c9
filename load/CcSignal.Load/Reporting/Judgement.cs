using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Reporting;

/// <summary>
/// Finds the verdict. A wrong byte is wrong on any machine, so what failed by a check or an exact gate fails the run; a time counts only where the client could
/// keep up; what was stopped shows nothing.
/// </summary>
internal static class Judgement
{
    public static (Verdict Verdict, IReadOnlyList<string> Because) Of(
        IReadOnlyCollection<ScenarioReport> scenarios, IReadOnlyCollection<GateResult> gates, string? interrupted)
    {
        if (interrupted is not null)
        {
            return (Verdict.Invalid, [$"The run was ended before its time: {interrupted}."]);
        }

        string[] wrong =
        [
            .. scenarios.Where(scenario => scenario.Status == Status.Failed).Select(FailedBecause),
            .. gates.Where(gate => gate is { State: GateState.Broken, IsTime: false }).Select(Broken),
        ];
        string[] open =
        [
            .. scenarios.Where(scenario => scenario.Status is Status.Blocked or Status.Invalid)
                .Select(scenario => $"{scenario.Id} is {Words.Of(scenario.Status)}: {scenario.Reason}"),
            .. gates.Where(gate => gate.State == GateState.NotEvaluated).Select(gate => $"The gate {gate.Id} could not be evaluated: {gate.Why}"),
        ];
        string[] slow = [.. gates.Where(gate => gate is { State: GateState.Broken, IsTime: true }).Select(Broken)];
        return wrong.Length > 0 ? (Verdict.Fail, [.. wrong, .. slow])
            : open.Length > 0 ? (Verdict.Invalid, open)
            : slow.Length > 0 ? (Verdict.Fail, slow)
            : scenarios.Any(scenario => scenario.Status == Status.Passed) ? (Verdict.Pass, [Passed(scenarios, gates)])
            : (Verdict.Invalid, ["No scenario was executed."]);
    }

    private static string Passed(IReadOnlyCollection<ScenarioReport> scenarios, IReadOnlyCollection<GateResult> gates)
    {
        var passed = scenarios.Count(scenario => scenario.Status == Status.Passed);
        var checks = scenarios.Sum(scenario => scenario.Checks.Sum(check => check.Executed));
        return $"{passed} of {scenarios.Count} scenarios passed, with {checks} executed checks; {(gates.Count == 0 ? "no gate is on them" : $"{gates.Count} of {gates.Count} gates held")}.";
    }

    private static string FailedBecause(ScenarioReport scenario) => scenario.Checks.FirstOrDefault(check => !check.Passed) is { } check
        ? $"{scenario.Id}: {check.Name}: expected {check.Expected}, observed {check.Observed}"
        : $"{scenario.Id}: {scenario.Failures[0].Samples[0].Message}";

    private static string Broken(GateResult gate) => $"{gate.Id}: {gate.Promise}: expected {gate.Expected}, observed {gate.Observed}";
}
