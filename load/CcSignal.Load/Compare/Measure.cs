namespace CcSignal.Load.Compare;

/// <summary>A figure that is compared.</summary>
/// <param name="Id">Short, for the names of figures.</param>
/// <param name="Name">What is measured, for people.</param>
/// <param name="Unit">In what.</param>
/// <param name="IsHigherBetter">Whether more of it is better.</param>
internal sealed record Measure(string Id, string Name, string Unit, bool IsHigherBetter);
