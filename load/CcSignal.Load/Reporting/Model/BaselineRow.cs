namespace CcSignal.Load.Reporting.Model;

/// <summary>A figure beside that of the baseline.</summary>
/// <param name="Scenario">Whose.</param>
/// <param name="Name">Which.</param>
/// <param name="Unit">In what.</param>
/// <param name="Before">In the baseline.</param>
/// <param name="Now">In this run.</param>
/// <param name="Ratio">Now to before; null: there was nothing before.</param>
/// <param name="IsBeyondNoise">Whether it moved by more than the noise band.</param>
internal sealed record BaselineRow(string Scenario, string Name, string Unit, double Before, double Now, double? Ratio, bool IsBeyondNoise);
