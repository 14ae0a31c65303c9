using CcSignal.Load.Findings;
using CcSignal.Load.Measuring;

namespace CcSignal.Load.Scenarios;

/// <summary>Numbers that many iterations give. May be used by them at once. Without a number it gives no figure, and a gate on it cannot be told.</summary>
internal sealed class Samples
{
    private readonly Lock _lock = new();
    private readonly List<double> _values = [];
    private readonly LatencyHistogram _times = new();

    public void Add(double value)
    {
        lock (_lock)
        {
            _values.Add(value);
        }
    }

    public void Add(TimeSpan time)
    {
        lock (_lock)
        {
            _times.Record(time);
        }
    }

    public void Median(ScenarioFindings findings, string name, string unit)
    {
        lock (_lock)
        {
            if (_values.Count > 0)
            {
                findings.Figure(name, _values.Order().ElementAt(_values.Count / 2), unit);
            }
        }
    }

    /// <summary>A percentile of the times in milliseconds, if there are enough of them.</summary>
    public double? Percentile(double percent)
    {
        lock (_lock)
        {
            return LatencySummary.Percentile(_times, percent);
        }
    }

    public void Percentile(ScenarioFindings findings, string name, double percent)
    {
        if (Percentile(percent) is { } milliseconds)
        {
            findings.Figure(name, milliseconds, "ms");
        }
    }
}
