namespace CcSignal.Load.Engine;

/// <summary>A scenario as it was described; <see cref="Scenario"/> makes and changes it.</summary>
public sealed record ScenarioProps
{
    internal const int DefaultMaxFailCount = 5000;

    internal ScenarioProps(string name, Func<IScenarioContext, Task<IResponse>> run) => (ScenarioName, Run) = (name, run);

    /// <summary>Its name.</summary>
    public string ScenarioName { get; }

    internal Func<IScenarioContext, Task<IResponse>> Run { get; }

    internal Func<IScenarioInitContext, Task>? Init { get; init; }

    internal Func<IScenarioInitContext, Task>? Clean { get; init; }

    // NBomber's default: the same scenario means the same with both engines.
    internal TimeSpan? WarmUp { get; init; } = TimeSpan.FromSeconds(30);

    internal IReadOnlyList<LoadSimulation> Simulations { get; init; } = [new LoadSimulation.KeepConstant(1, TimeSpan.FromMinutes(1))];

    internal IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    internal bool RestartIterationOnFail { get; init; } = true;

    internal int MaxFailCount { get; init; } = DefaultMaxFailCount;
}
