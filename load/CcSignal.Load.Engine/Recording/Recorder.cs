using CcSignal.Load.Engine.Stats;
using CcSignal.Load.Measuring;

namespace CcSignal.Load.Engine.Recording;

/// <summary>Everything that is measured of one scenario. All members may be used by many iterations at once.</summary>
internal sealed class Recorder
{
    private readonly Lock _lock = new();
    private readonly Measurement _ok = new(failed: false);
    private readonly Measurement _failed = new(failed: true);
    private readonly LatencyHistogram _fromIntended = new();
    private readonly LatencyHistogram _startLag = new();
    private readonly SecondSeries _seconds = new();
    private readonly List<(string Name, Measurement Ok, Measurement Failed)> _steps = [];
    private int _inFlight;
    private int _peak;
    private long _started;
    private long _dropped;
    private TimeSpan _lastEnd;

    public (long Ok, long Failed, int InFlight) Now
    {
        get
        {
            lock (_lock)
            {
                return (_ok.Times.Count, _failed.Times.Count, _inFlight);
            }
        }
    }

    public void Began(TimeSpan since, TimeSpan lag)
    {
        lock (_lock)
        {
            _started++;
            _inFlight++;
            _peak = Math.Max(_peak, _inFlight);
            _startLag.Record(lag);
            _seconds.Began(since, _inFlight);
        }
    }

    public void Dropped()
    {
        lock (_lock)
        {
            _dropped++;
        }
    }

    /// <summary>Counts an iteration that has ended, and returns how many have failed so far.</summary>
    public long Ended(TimeSpan since, IResponse response, TimeSpan service, TimeSpan lag)
    {
        lock (_lock)
        {
            _inFlight--;
            _lastEnd = since;
            (response.IsError ? _failed : _ok).Add(response, service);
            if (!response.IsError)
            {
                _fromIntended.Record(service + lag);
            }

            _seconds.Ended(since, response.IsError, response.SizeBytes, service + lag, _inFlight);
            return _failed.Times.Count;
        }
    }

    public void Ignored(TimeSpan since)
    {
        lock (_lock)
        {
            _inFlight--;
            _lastEnd = since;
        }
    }

    public void StepEnded(string name, IResponse response, TimeSpan time)
    {
        lock (_lock)
        {
            var step = _steps.Find(step => step.Name == name);
            if (step.Name is null)
            {
                step = (name, new Measurement(failed: false), new Measurement(failed: true));
                _steps.Add(step);
            }

            (response.IsError ? step.Failed : step.Ok).Add(response, time);
        }
    }

    /// <summary>Sums up, when nothing is under way any more.</summary>
    public (ScenarioStats Stats, MeasuredScenario Measured) Close(string scenario, IReadOnlyList<string> stages, long? planned, TimeSpan end, string? stopped)
    {
        lock (_lock)
        {
            var all = _ok.Times.Count + _failed.Times.Count;
            var stats = new ScenarioStats
            {
                ScenarioName = scenario,
                Ok = _ok.Stats(all, end),
                Fail = _failed.Stats(all, end),
                StepStats = [.. _steps.Select(step => StatsOf(step, end))],
                Duration = end,
            };
            var measured = new MeasuredScenario
            {
                Name = scenario,
                Stages = stages,
                Planned = planned,
                Started = _started,
                Dropped = _dropped,
                PeakInFlight = _peak,
                Window = _lastEnd,
                Ok = _ok.Times,
                Failed = _failed.Times,
                FromIntended = _fromIntended,
                StartLag = _startLag,
                Steps = [.. _steps.Select(step => new MeasuredStep(step.Name, step.Ok.Times, step.Failed.Times))],
                Seconds = _seconds.Close(_lastEnd),
                Stopped = stopped,
            };
            return (stats, measured);
        }
    }

    private static StepStats StatsOf((string Name, Measurement Ok, Measurement Failed) step, TimeSpan duration)
    {
        var all = step.Ok.Times.Count + step.Failed.Times.Count;
        return new(step.Name, step.Ok.Stats(all, duration), step.Failed.Stats(all, duration));
    }
}
