namespace CcSignal.Load.Reporting.Model;

/// <summary>This run beside a named one.</summary>
/// <param name="Name">The file, without its folder.</param>
/// <param name="Began">When that run began.</param>
/// <param name="NoisePercent">What moves less is taken for noise.</param>
/// <param name="Rows">The figures both have.</param>
/// <param name="Differences">What makes the two hard to compare: another machine, engine, profile.</param>
internal sealed record BaselineComparison(
    string Name, DateTimeOffset Began, double NoisePercent, IReadOnlyList<BaselineRow> Rows, IReadOnlyList<string> Differences);
