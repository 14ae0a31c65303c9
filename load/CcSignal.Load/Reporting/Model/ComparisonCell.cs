namespace CcSignal.Load.Reporting.Model;

/// <summary>What one subject gave.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Value">What.</param>
/// <param name="Ratio">Our figure to this one, round for round; null: it is ours.</param>
internal sealed record ComparisonCell(string Subject, Spread Value, Spread? Ratio);
