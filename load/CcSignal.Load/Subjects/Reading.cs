namespace CcSignal.Load.Subjects;

/// <summary>What one run of a command gave.</summary>
/// <param name="Bytes">Of its standard output.</param>
/// <param name="FirstByte">From the call to the first byte; null when there was none.</param>
/// <param name="Total">From the call to the known end.</param>
internal readonly record struct Reading(long Bytes, TimeSpan? FirstByte, TimeSpan Total);
