namespace CcSignal.Load.Engine.Stats;

/// <summary>Bytes that were moved, as responses say.</summary>
/// <param name="MinBytes">The least of one.</param>
/// <param name="MeanBytes">The mean of one.</param>
/// <param name="MaxBytes">The most of one.</param>
/// <param name="AllBytes">Of all together.</param>
public sealed record DataTransferStats(long MinBytes, long MeanBytes, long MaxBytes, long AllBytes);
