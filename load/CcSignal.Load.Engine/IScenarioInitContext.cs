namespace CcSignal.Load.Engine;

/// <summary>What a scenario is told when it makes ready and when it cleans up.</summary>
public interface IScenarioInitContext
{
    /// <summary>Which scenario.</summary>
    ScenarioInfo ScenarioInfo { get; }
}
