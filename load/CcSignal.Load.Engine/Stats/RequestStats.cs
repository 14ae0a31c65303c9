namespace CcSignal.Load.Engine.Stats;

/// <summary>How many, and how many a second.</summary>
/// <param name="Count">How many.</param>
/// <param name="RPS">A second of the whole run, not rounded.</param>
/// <param name="Percent">Of all, good and failed.</param>
public sealed record RequestStats(int Count, double RPS, int Percent);
