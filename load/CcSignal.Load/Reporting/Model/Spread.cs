namespace CcSignal.Load.Reporting.Model;

/// <summary>The median of some rounds, and the range.</summary>
internal sealed record Spread(double Median, double Low, double High);
