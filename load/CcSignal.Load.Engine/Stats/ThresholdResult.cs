namespace CcSignal.Load.Engine.Stats;

/// <summary>Whether a threshold was met.</summary>
public sealed record ThresholdResult
{
    /// <summary>The scenario.</summary>
    public required string ScenarioName { get; init; }

    /// <summary>The step; empty: the scenario itself.</summary>
    public required string StepName { get; init; }

    /// <summary>The condition as it was written.</summary>
    public required string CheckExpression { get; init; }

    /// <summary>What evaluating it threw; empty: nothing.</summary>
    public required string ExceptionMsg { get; init; }

    /// <summary>1 where it was not met, else 0: it is evaluated once, at the end.</summary>
    public required int ErrorCount { get; init; }

    /// <summary>It was not met.</summary>
    public required bool IsFailed { get; init; }
}
