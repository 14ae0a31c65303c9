using CcSignal.Load.Findings;
using CcSignal.Load.Health;

namespace CcSignal.Load.Scenarios.Stress;

/// <summary>A server's figures over time as slopes per hour, by least squares over the second half: what fills caches in the first is no leak.</summary>
internal sealed class Trend
{
    private const int MinPoints = 20;

    // A slope per hour of less than this is the noise of one moment.
    private static readonly TimeSpan MinLength = TimeSpan.FromMinutes(2);

    private readonly List<(double Hours, ProcessFigures Figures)> _points = [];

    public void Add(TimeSpan since, ProcessFigures figures) => _points.Add((since.TotalHours, figures));

    public void Tell(ScenarioFindings findings)
    {
        var half = _points.Skip(_points.Count / 2).ToArray();
        if (half.Length < MinPoints || half[^1].Hours - half[0].Hours < MinLength.TotalHours)
        {
            return; // a gate on a slope that nobody can tell is not evaluated, and says so
        }

        findings.Figure("memory_mb_per_hour", Slope(half, figures => figures.MemoryMb), "MB/h");
        findings.Figure("descriptors_per_hour", Slope(half, figures => figures.Descriptors), "/h");
        findings.Figure("threads_per_hour", Slope(half, figures => figures.Threads), "/h");
    }

    private static double Slope((double Hours, ProcessFigures Figures)[] points, Func<ProcessFigures, double> pick)
    {
        var (x, y) = (points.Average(point => point.Hours), points.Average(point => pick(point.Figures)));
        var spread = points.Sum(point => Math.Pow(point.Hours - x, 2));
        return spread == 0 ? 0 : points.Sum(point => (point.Hours - x) * (pick(point.Figures) - y)) / spread;
    }
}
