namespace CcSignal.Load.Engine.Stats;

/// <summary>What was measured of the good ones, or of the failed ones.</summary>
/// <param name="Request">How many.</param>
/// <param name="Latency">How long.</param>
/// <param name="DataTransfer">How much.</param>
/// <param name="StatusCodes">By status.</param>
public sealed record MeasurementStats(RequestStats Request, LatencyStats Latency, DataTransferStats DataTransfer, StatusCodeStats[] StatusCodes);
