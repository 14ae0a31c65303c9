namespace CcSignal.Load.Engine.Stats;

/// <summary>How often a status came.</summary>
/// <param name="StatusCode">The status.</param>
/// <param name="IsError">Whether it counts as failed.</param>
/// <param name="Message">The first message that came with it.</param>
/// <param name="Count">How often.</param>
/// <param name="Percent">Of all, good and failed.</param>
public sealed record StatusCodeStats(string StatusCode, bool IsError, string Message, int Count, int Percent);
