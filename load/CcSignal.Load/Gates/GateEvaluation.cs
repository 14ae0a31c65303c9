using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Gates;

/// <summary>Holds the promises against what was observed. One that concerns a scenario of the run and cannot be told is never taken for kept.</summary>
internal static class GateEvaluation
{
    public static IReadOnlyList<GateResult> Of(IEnumerable<Gate> gates, IReadOnlyCollection<ScenarioReport> scenarios) =>
    [
        .. from gate in gates
           join scenario in scenarios on gate.Scenario equals scenario.Id
           where scenario.Status != Status.Skipped
           select Evaluate(gate, scenario),
    ];

    private static GateResult Evaluate(Gate gate, ScenarioReport scenario)
    {
        var result = new GateResult
        {
            Id = gate.Id,
            Promise = gate.Promise,
            Scenario = gate.Scenario,
            Figure = gate.Figure,
            Expected = $"{gate.Is} {Words.Number(gate.Number)} {gate.Unit}".TrimEnd(),
            IsTime = gate.IsTime,
            State = GateState.NotEvaluated,
        };
        if (FigureOf(gate, scenario) is not { } observed || double.IsNaN(observed.Value))
        {
            return result with { Why = $"{scenario.Id} gave no figure '{gate.Figure}'." };
        }

        result = result with { Observed = $"{Words.Number(observed.Value)} {observed.Unit}".TrimEnd() };
        return observed.Unit != gate.Unit ? result with { Why = $"the gate is in '{gate.Unit}', the figure in '{observed.Unit}'." }
            : gate.IsTime && scenario.Saturated is { } saturated ? result with { Why = $"this client was saturated: {saturated}" }
            : result with { State = Holds(gate, observed.Value) ? GateState.Held : GateState.Broken };
    }

    private static Figure? FigureOf(Gate gate, ScenarioReport scenario) => gate.Figure != Gate.ChecksFailed
        ? scenario.Figures.FirstOrDefault(figure => figure.Name == gate.Figure)
        : scenario.Checks.Any(check => check.Executed > 0) ? new Figure(Gate.ChecksFailed, scenario.Checks.Sum(check => check.Failed), "") : null;

    private static bool Holds(Gate gate, double observed) => gate.Is switch
    {
        "=" => observed == gate.Number,
        "≤" => observed <= gate.Number,
        _ => observed >= gate.Number,
    };
}
