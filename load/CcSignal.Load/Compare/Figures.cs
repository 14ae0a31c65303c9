using System.Globalization;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Compare;

/// <summary>One figure of one subject, once per round.</summary>
internal sealed class Figures
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    public void Add(double value) => _values.Add(value);

    /// <summary>Round for round, by the same round of the other.</summary>
    public Figures RatioTo(Figures other)
    {
        var ratios = new Figures();
        foreach (var (mine, theirs) in _values.Zip(other._values))
        {
            ratios.Add(mine / theirs);
        }

        return ratios;
    }

    public double Quantile(double share)
    {
        var sorted = _values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    /// <summary>The median and the range.</summary>
    public Spread Spread()
    {
        var sorted = _values.Order().ToArray();
        return new((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>The median, and the range in brackets.</summary>
    public string ToString(string format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Quantile(0.5).ToString(format, CultureInfo.InvariantCulture)} ({Quantile(0).ToString(format, CultureInfo.InvariantCulture)}–{Quantile(1).ToString(format, CultureInfo.InvariantCulture)})");
}
