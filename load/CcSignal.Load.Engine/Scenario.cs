namespace CcSignal.Load.Engine;

/// <summary>Describes scenarios.</summary>
public static class Scenario
{
    /// <summary>A scenario of this name; <paramref name="run"/> is one iteration.</summary>
    public static ScenarioProps Create(string name, Func<IScenarioContext, Task<IResponse>> run)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(run);
        return new(name, run);
    }

    /// <summary>What it does before anything else.</summary>
    public static ScenarioProps WithInit(this ScenarioProps scenario, Func<IScenarioInitContext, Task> initFunc) => Given(scenario) with { Init = initFunc };

    /// <summary>What it does after everything else, also when it was stopped.</summary>
    public static ScenarioProps WithClean(this ScenarioProps scenario, Func<IScenarioInitContext, Task> cleanFunc) => Given(scenario) with { Clean = cleanFunc };

    /// <summary>It counts from its first iteration.</summary>
    public static ScenarioProps WithoutWarmUp(this ScenarioProps scenario) => Given(scenario) with { WarmUp = null };

    /// <summary>It runs for so long before anything counts; 30 seconds by default.</summary>
    public static ScenarioProps WithWarmUpDuration(this ScenarioProps scenario, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return Given(scenario) with { WarmUp = duration };
    }

    /// <summary>Its stages of load, one after another.</summary>
    public static ScenarioProps WithLoadSimulations(this ScenarioProps scenario, params LoadSimulation[] loadSimulations)
    {
        ArgumentNullException.ThrowIfNull(loadSimulations);
        return loadSimulations.Length > 0
            ? Given(scenario) with { Simulations = [.. loadSimulations] }
            : throw new ArgumentException("A scenario needs at least one stage of load.", nameof(loadSimulations));
    }

    /// <summary>Whether a failed step ends its iteration; it does by default.</summary>
    public static ScenarioProps WithRestartIterationOnFail(this ScenarioProps scenario, bool shouldRestart) =>
        Given(scenario) with { RestartIterationOnFail = shouldRestart };

    /// <summary>After so many failed iterations everything is stopped; 5,000 by default.</summary>
    public static ScenarioProps WithMaxFailCount(this ScenarioProps scenario, int maxFailCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxFailCount);
        return Given(scenario) with { MaxFailCount = maxFailCount };
    }

    /// <summary>What its statistics must meet.</summary>
    public static ScenarioProps WithThresholds(this ScenarioProps scenario, params Threshold[] thresholds) => Given(scenario) with { Thresholds = [.. thresholds] };

    private static ScenarioProps Given(ScenarioProps scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return scenario;
    }
}
