namespace CcSignal.Load.Reporting.Model;

/// <summary>Something a reader must know to judge a figure.</summary>
internal sealed record Fact(string Name, string Value);
