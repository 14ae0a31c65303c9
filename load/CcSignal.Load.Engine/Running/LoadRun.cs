using CcSignal.Load.Engine.Progress;
using CcSignal.Load.Engine.Stats;
using CcSignal.Load.Measuring;

namespace CcSignal.Load.Engine.Running;

/// <summary>All scenarios of a run, at once: make ready, warm up, run, clean up. Cleaning up happens however the rest ended.</summary>
internal sealed class LoadRun
{
    private readonly LoadContext _context;
    private readonly IReadOnlyList<ScenarioRun> _scenarios;

    public LoadRun(LoadContext context)
    {
        _context = context;
        var unknown = (context.Targets ?? []).Except(context.Scenarios.Select(scenario => scenario.ScenarioName), StringComparer.Ordinal).ToArray();
        _scenarios = unknown.Length > 0
            ? throw new ArgumentException($"There is no scenario '{string.Join("', '", unknown)}'.")
            : [.. context.Scenarios
                .Where(scenario => context.Targets?.Contains(scenario.ScenarioName, StringComparer.Ordinal) ?? true)
                .Select(scenario => new ScenarioRun(this, scenario, context))];
    }

    public IReadOnlyList<ScenarioRun> Scenarios => _scenarios;

    public async Task<NodeStats> RunAsync()
    {
        var began = _context.Time.GetTimestamp();
        try
        {
            foreach (var scenario in _scenarios)
            {
                await scenario.InitAsync();
            }

            await using var progress = LiveProgress.Start(this, _context);
            await Task.WhenAll(_scenarios.Select(scenario => scenario.WarmUpAsync()));
            began = _context.Time.GetTimestamp();
            var results = await Task.WhenAll(_scenarios.Select(scenario => scenario.BombAsync()));
            return StatsOf(results, _context.Time.GetElapsedTime(began));
        }
        finally
        {
            foreach (var scenario in _scenarios)
            {
                await scenario.CleanAsync();
                scenario.Dispose();
            }
        }
    }

    /// <summary>Stops one scenario, or all.</summary>
    public void Stop(string? scenarioName, string reason)
    {
        foreach (var scenario in _scenarios.Where(scenario => scenarioName is null || scenario.Name == scenarioName))
        {
            scenario.Stop(reason);
        }
    }

    private NodeStats StatsOf((ScenarioStats Stats, MeasuredScenario Measured)[] results, TimeSpan duration) => new()
    {
        ScenarioStats = [.. results.Select(result => result.Stats)],
        Measured = [.. results.Select(result => result.Measured)],
        Thresholds = [.. _scenarios.Zip(results).SelectMany(pair => pair.First.Evaluate(pair.Second.Stats))],
        Duration = duration,
    };
}
