using CcSignal.Load.Measuring;
using CcSignal.Load.Observing;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Findings;

/// <summary>All streams of a scenario together.</summary>
internal sealed class StreamTally
{
    private readonly LatencyHistogram _first = new();
    private readonly LatencyHistogram _gaps = new();
    private long _streams;
    private long _items;
    private long _bytes;
    private long _outOfOrder;
    private long _lost;
    private long _doubled;
    private long _ends;

    public void Add(Observation observation)
    {
        _streams++;
        _items += observation.Items;
        _bytes += observation.StdoutBytes + observation.StderrBytes;
        _outOfOrder += observation.OrderViolations;
        _lost += observation.LostBytes;
        _doubled += observation.DoubledBytes;
        _ends += observation.EndSeen ? 1 : 0;
        _gaps.Add(observation.Gaps);
        if (observation.FirstOutput is { } first)
        {
            _first.Record(first);
        }
    }

    public StreamFacts? Facts(TimeSpan window) => _streams == 0 ? null : new()
    {
        Streams = _streams,
        Items = _items,
        Bytes = _bytes,
        ItemsPerSecond = PerSecond(_items, window),
        BytesPerSecond = PerSecond(_bytes, window),
        FirstItem = Row("first item", _first),
        Gaps = Row("between items", _gaps),
        OrderViolations = _outOfOrder,
        LostBytes = _lost,
        DoubledBytes = _doubled,
        EndsSeen = _ends,
    };

    private static double PerSecond(long count, TimeSpan window) => window > TimeSpan.Zero ? count / window.TotalSeconds : 0;

    private static LatencyRow? Row(string of, LatencyHistogram times) => times.Count == 0 ? null : new(of, LatencySummary.Of(times));
}
