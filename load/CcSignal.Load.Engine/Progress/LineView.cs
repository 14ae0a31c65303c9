using System.Globalization;

namespace CcSignal.Load.Engine.Progress;

/// <summary>A line per scenario, from time to time.</summary>
internal sealed class LineView(TextWriter output, TimeSpan interval) : IProgressView
{
    public TimeSpan Interval => interval;

    public void Show(IReadOnlyList<ProgressLine> lines)
    {
        foreach (var line in lines)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{line.Scenario}: {line.Operation}, {line.Elapsed.TotalSeconds:0} s, {line.Ok} ok, {line.Failed} failed, {line.InFlight} under way"));
        }
    }

    public void End()
    {
    }
}
