namespace CcSignal.Load.Engine.Stats;

/// <summary>A scenario; warm-up does not count.</summary>
public sealed record ScenarioStats
{
    /// <summary>Its name.</summary>
    public required string ScenarioName { get; init; }

    /// <summary>Iterations that went well.</summary>
    public required MeasurementStats Ok { get; init; }

    /// <summary>Iterations that failed.</summary>
    public required MeasurementStats Fail { get; init; }

    /// <summary>Its steps, in order of their first run.</summary>
    public required StepStats[] StepStats { get; init; }

    /// <summary>How long it ran.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Iterations in all.</summary>
    public int AllRequestCount => AllOkCount + AllFailCount;

    /// <summary>Iterations that went well.</summary>
    public int AllOkCount => Ok.Request.Count;

    /// <summary>Iterations that failed.</summary>
    public int AllFailCount => Fail.Request.Count;

    /// <summary>Bytes that were moved.</summary>
    public long AllBytes => Ok.DataTransfer.AllBytes + Fail.DataTransfer.AllBytes;
}
