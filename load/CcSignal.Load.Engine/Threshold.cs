using System.Linq.Expressions;
using CcSignal.Load.Engine.Stats;

namespace CcSignal.Load.Engine;

/// <summary>A condition on the statistics, kept as an expression so that a report can print it.</summary>
public sealed class Threshold
{
    private readonly string? _step;
    private readonly LambdaExpression _check;
    private readonly Func<ScenarioStats, bool> _holds;

    private Threshold(string? step, LambdaExpression check, Func<ScenarioStats, bool> holds) => (_step, _check, _holds) = (step, check, holds);

    /// <summary>A condition on the scenario.</summary>
    public static Threshold Create(Expression<Func<ScenarioStats, bool>> check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return new(null, check, check.Compile());
    }

    /// <summary>A condition on one of its steps. A step that never ran does not meet it.</summary>
    public static Threshold Create(string stepName, Expression<Func<StepStats, bool>> check)
    {
        ArgumentException.ThrowIfNullOrEmpty(stepName);
        ArgumentNullException.ThrowIfNull(check);
        var compiled = check.Compile();
        return new(stepName, check, stats => stats.StepStats.FirstOrDefault(step => step.StepName == stepName) is { } step
            ? compiled(step)
            : throw new InvalidOperationException($"The step '{stepName}' never ran."));
    }

    internal ThresholdResult Evaluate(ScenarioStats stats)
    {
        var (failed, error) = Holds(stats);
        return new()
        {
            ScenarioName = stats.ScenarioName,
            StepName = _step ?? "",
            CheckExpression = _check.Body.ToString(),
            IsFailed = failed,
            ErrorCount = failed ? 1 : 0,
            ExceptionMsg = error,
        };
    }

    // The condition is the scenario's code: what it throws is its answer, told in the report.
    private (bool Failed, string Error) Holds(ScenarioStats stats)
    {
        try
        {
            return (!_holds(stats), "");
        }
        catch (Exception exception)
        {
            return (true, exception.Message);
        }
    }
}
