using CcSignal.Load.Engine.Stats;
using CcSignal.Load.Measuring;

namespace CcSignal.Load.Engine.Recording;

/// <summary>The good ones, or the failed ones, of a scenario or a step. Who owns it locks.</summary>
internal sealed class Measurement(bool failed)
{
    private readonly Dictionary<string, (int Count, string Message)> _statuses = new(StringComparer.Ordinal);
    private long _least = long.MaxValue;
    private long _most;

    public LatencyHistogram Times { get; } = new();

    public long Bytes { get; private set; }

    public void Add(IResponse response, TimeSpan time)
    {
        Times.Record(time);
        Bytes += response.SizeBytes;
        _least = Math.Min(_least, response.SizeBytes);
        _most = Math.Max(_most, response.SizeBytes);
        var known = _statuses.GetValueOrDefault(response.StatusCode, (0, response.Message));
        _statuses[response.StatusCode] = (known.Item1 + 1, known.Item2);
    }

    public MeasurementStats Stats(long all, TimeSpan duration)
    {
        var count = (int)Times.Count;
        return new(
            new RequestStats(count, duration > TimeSpan.Zero ? count / duration.TotalSeconds : 0, Percent(count)),
            LatencyStats.Of(Times),
            count == 0 ? new DataTransferStats(0, 0, 0, 0) : new DataTransferStats(_least, Bytes / count, _most, Bytes),
            [.. _statuses.OrderByDescending(status => status.Value.Count).ThenBy(status => status.Key, StringComparer.Ordinal)
                .Select(status => new StatusCodeStats(status.Key, failed, status.Value.Message, status.Value.Count, Percent(status.Value.Count)))]);

        int Percent(int part) => all == 0 ? 0 : (int)Math.Round(100.0 * part / all);
    }
}
