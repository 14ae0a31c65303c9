namespace CcSignal.Load.Reporting.Model;

/// <summary>Three times that are not the same.</summary>
/// <param name="Began">With the offset of this machine.</param>
/// <param name="Ended">Likewise.</param>
/// <param name="WallClockSeconds">From the first to the last moment of the run, its own server's start and stop included.</param>
/// <param name="ScenarioSeconds">The sum of the scenarios.</param>
/// <param name="MeasuredSeconds">The sum of what was measured in them, without warm-up and clean-up.</param>
internal sealed record Times(DateTimeOffset Began, DateTimeOffset Ended, double WallClockSeconds, double ScenarioSeconds, double MeasuredSeconds);
