namespace CcSignal.Load.Reporting.Model;

/// <summary>A number that a scenario gives; gates are on these.</summary>
internal sealed record Figure(string Name, double Value, string Unit);
