using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;

namespace CcSignal.Load.Health;

/// <summary>Whether the client itself could keep up. If not, its times say nothing of the server.</summary>
internal static class Saturation
{
    private const double MaxCpuPercent = 90;
    private const double MaxTimerLagMs = 40;
    private const long MaxQueue = 1000;

    // One bad second is a hiccup; when a quarter of them are bad, it is the machine.
    private const double Share = 0.25;

    private const int MinSeconds = 3;

    /// <summary>Null: it could; else what shows that it could not.</summary>
    public static string? Of(IReadOnlyCollection<HealthSample> samples)
    {
        if (samples.Count < MinSeconds)
        {
            return null;
        }

        return Often(sample => sample.ClientCpuPercent > MaxCpuPercent, $"its CPU was above {MaxCpuPercent} % of all cores")
            ?? Often(sample => sample.ClientTimerLagMs > MaxTimerLagMs, $"its timers came more than {MaxTimerLagMs} ms late")
            ?? Often(sample => sample.ClientQueue > MaxQueue, $"more than {MaxQueue} work items waited for its threads");

        string? Often(Func<HealthSample, bool> bad, string what)
        {
            var seconds = samples.Count(bad);
            return seconds > 0 && seconds >= Share * samples.Count ? Words.Say($"{what} in {seconds} of {samples.Count} seconds.") : null;
        }
    }
}
