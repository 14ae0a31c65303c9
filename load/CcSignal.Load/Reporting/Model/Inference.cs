namespace CcSignal.Load.Reporting.Model;

/// <summary>A cause that nobody saw, and the fact it rests on.</summary>
internal sealed record Inference(string Cause, string Fact);
