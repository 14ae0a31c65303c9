namespace CcSignal.Load.Faults;

/// <summary>A cut at an exact byte.</summary>
/// <param name="Direction">Which way is counted.</param>
/// <param name="AfterBytes">So many bytes still pass that way; 0: the first never does.</param>
/// <param name="Kind">What both sides see.</param>
public sealed record Cut(Direction Direction, long AfterBytes, CutKind Kind);
