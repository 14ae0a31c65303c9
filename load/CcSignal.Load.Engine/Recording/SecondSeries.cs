using CcSignal.Load.Measuring;

namespace CcSignal.Load.Engine.Recording;

/// <summary>A scenario second by second; a second is summed up when the next one begins, so that memory does not grow with the load. Who owns it locks.</summary>
internal sealed class SecondSeries
{
    private readonly List<SecondSample> _seconds = [];
    private readonly LatencyHistogram _times = new();
    private int _second;
    private long _ok;
    private long _failed;
    private long _bytes;
    private int _inFlight;
    private int _most;

    public void Began(TimeSpan since, int inFlight)
    {
        MoveTo(since);
        _inFlight = inFlight;
        _most = Math.Max(_most, inFlight);
    }

    public void Ended(TimeSpan since, bool failed, long bytes, TimeSpan time, int inFlight)
    {
        MoveTo(since);
        _inFlight = inFlight;
        _bytes += bytes;
        _ok += failed ? 0 : 1;
        _failed += failed ? 1 : 0;
        _times.Record(time);
    }

    public IReadOnlyList<SecondSample> Close(TimeSpan since)
    {
        MoveTo(since);
        Sum();
        return _seconds;
    }

    private void MoveTo(TimeSpan since)
    {
        while (_second < (int)since.TotalSeconds)
        {
            Sum();
            _second++;
        }
    }

    private void Sum()
    {
        _seconds.Add(new(_second, _ok, _failed, _bytes, _most, LatencySummary.Percentile(_times, 50), HighOf(_times)));
        (_ok, _failed, _bytes, _most) = (0, 0, 0, _inFlight);
        _times.Clear();
    }

    private static double? HighOf(LatencyHistogram times) =>
        LatencySummary.Percentile(times, 99) ?? (times.Count > 0 ? times.Most.TotalMilliseconds : null);
}
