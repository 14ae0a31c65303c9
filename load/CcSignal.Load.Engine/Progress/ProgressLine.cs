namespace CcSignal.Load.Engine.Progress;

/// <summary>How far a scenario has come.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Elapsed">Since this began.</param>
/// <param name="Length">How long it takes; null: until its iterations are done.</param>
/// <param name="Ok">Iterations that went well.</param>
/// <param name="Failed">Iterations that failed.</param>
/// <param name="InFlight">Iterations under way.</param>
internal sealed record ProgressLine(string Scenario, string Operation, TimeSpan Elapsed, TimeSpan? Length, long Ok, long Failed, int InFlight);
