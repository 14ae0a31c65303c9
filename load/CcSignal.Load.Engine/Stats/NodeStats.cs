using CcSignal.Load.Measuring;

namespace CcSignal.Load.Engine.Stats;

/// <summary>A whole run.</summary>
public sealed record NodeStats : IMeasuredRun
{
    /// <summary>Each scenario.</summary>
    public required ScenarioStats[] ScenarioStats { get; init; }

    /// <summary>Each threshold.</summary>
    public required ThresholdResult[] Thresholds { get; init; }

    /// <summary>How long it took, from the first stage to the last end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public required IReadOnlyList<MeasuredScenario> Measured { get; init; }

    /// <summary>Iterations of all scenarios; steps are not added to them.</summary>
    public int AllRequestCount => AllOkCount + AllFailCount;

    /// <summary>Iterations that went well.</summary>
    public int AllOkCount => ScenarioStats.Sum(scenario => scenario.AllOkCount);

    /// <summary>Iterations that failed.</summary>
    public int AllFailCount => ScenarioStats.Sum(scenario => scenario.AllFailCount);

    /// <summary>Bytes that were moved.</summary>
    public long AllBytes => ScenarioStats.Sum(scenario => scenario.AllBytes);
}
