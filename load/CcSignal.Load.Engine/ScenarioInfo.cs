namespace CcSignal.Load.Engine;

/// <summary>Which copy of which scenario runs.</summary>
public sealed record ScenarioInfo
{
    /// <summary>The copy, by name and number.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The copy's number, from 0. Copies that are free are used again, the lowest first.</summary>
    public required int InstanceNumber { get; init; }

    /// <summary>The scenario.</summary>
    public required string ScenarioName { get; init; }

    /// <summary>What it does now.</summary>
    public required ScenarioOperation ScenarioOperation { get; init; }
}
