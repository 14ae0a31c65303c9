namespace CcSignal.Load.Reporting.Model;

/// <summary>So many per cent were not slower.</summary>
internal sealed record DistributionPoint(double Percent, double Ms);
