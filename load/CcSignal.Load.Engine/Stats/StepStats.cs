namespace CcSignal.Load.Engine.Stats;

/// <summary>A step of a scenario.</summary>
/// <param name="StepName">Its name.</param>
/// <param name="Ok">Those that went well.</param>
/// <param name="Fail">Those that failed.</param>
public sealed record StepStats(string StepName, MeasurementStats Ok, MeasurementStats Fail);
