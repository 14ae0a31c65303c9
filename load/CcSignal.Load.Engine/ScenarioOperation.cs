namespace CcSignal.Load.Engine;

/// <summary>What a scenario does now.</summary>
public enum ScenarioOperation
{
    /// <summary>It makes ready.</summary>
    Init,

    /// <summary>It cleans up.</summary>
    Clean,

    /// <summary>It runs, and nothing counts yet.</summary>
    WarmUp,

    /// <summary>It runs, and everything counts.</summary>
    Bombing,
}
