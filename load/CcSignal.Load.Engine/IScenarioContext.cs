namespace CcSignal.Load.Engine;

/// <summary>What an iteration is told.</summary>
public interface IScenarioContext
{
    /// <summary>Which copy runs.</summary>
    ScenarioInfo ScenarioInfo { get; }

    /// <summary>This copy's iterations so far, this one included.</summary>
    long InvocationNumber { get; }

    /// <summary>Fires when the scenario is stopped, or when its last iterations have used up their time to complete.</summary>
    CancellationToken ScenarioCancellationToken { get; }

    /// <summary>Whatever this copy keeps from one iteration to the next.</summary>
    Dictionary<string, object> ScenarioInstanceData { get; }

    /// <summary>Stops one scenario.</summary>
    void StopScenario(string scenarioName, string reason);

    /// <summary>Stops them all.</summary>
    void StopCurrentTest(string reason);
}
