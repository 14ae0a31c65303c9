using CcSignal.Client;
using CcSignal.Load.Findings;
using CcSignal.Load.Health;
using CcSignal.Load.Measuring;
using CcSignal.Load.Reporting;
using CcSignal.Load.Reporting.Model;
using CcSignal.Load.Scenarios;

namespace CcSignal.Load.Runs;

/// <summary>Runs one scenario with the engine and says what came of it.</summary>
internal sealed class ScenarioRunner(Bench bench, Func<double> secondsOfRun, Func<IReadOnlyList<HealthSample>> health)
{
    private static readonly TimeSpan CompletionTimeout = TimeSpan.FromMinutes(2);

    public async Task<ScenarioReport> RunAsync(LoadScenario scenario, IReadOnlyCollection<ScenarioReport> before)
    {
        if (bench.Stopping.IsCancellationRequested)
        {
            return Unrun(scenario, Status.Invalid, "the run was ended before it began");
        }

        if (scenario.Obstacle(bench) is { } obstacle)
        {
            return Unrun(scenario, Status.Skipped, obstacle.Reason);
        }

        if (before.FirstOrDefault(other => other.Id == scenario.After && other.Status != Status.Passed) is { } cause)
        {
            return Unrun(scenario, Status.Blocked, $"{cause.Id} {Words.Of(cause.Status)}, and without it this says nothing");
        }

        var began = secondsOfRun();
        var findings = new ScenarioFindings(secondsOfRun);
        var stats = await StatsOfAsync(scenario, findings);
        var seconds = secondsOfRun() - began;
        return ReportOf(scenario, findings, stats, began, seconds);
    }

    private async Task<NodeStats?> StatsOfAsync(LoadScenario scenario, ScenarioFindings findings)
    {
        try
        {
            var run = LoadHost.RegisterScenarios(scenario.Describe(bench, findings))
                .WithTestSuite("CcSignal").WithTestName(scenario.Id).WithoutReports().WithScenarioCompletionTimeout(CompletionTimeout);
            return await Task.Run(() => run.Run()); // it blocks
        }
        catch (Exception error) when (error is InvalidOperationException or CcSignalException or IOException)
        {
            findings.Fail("not_ready", error.Message);
            return null;
        }
    }

    private ScenarioReport ReportOf(LoadScenario scenario, ScenarioFindings findings, NodeStats? stats, double began, double seconds)
    {
        var words = stats?.ScenarioStats.Single();
        var measured = ((object?)stats as IMeasuredRun)?.Measured.Single();
        foreach (var status in words?.Fail.StatusCodes ?? [])
        {
            if (findings.Failures.Count == 0)
            {
                findings.Fail(status.StatusCode, status.Message); // an iteration that failed without having said why to anybody else
            }
        }

        var window = measured?.Window ?? words?.Duration ?? TimeSpan.Zero;
        var (outcome, reason) = OutcomeOf(findings, measured);
        return Card(scenario) with
        {
            Status = outcome,
            Reason = reason,
            BeganSeconds = began,
            Seconds = seconds,
            MeasuredSeconds = window.TotalSeconds,
            Checks = findings.Checks,
            Failures = findings.Failures,
            Figures = findings.Figures,
            Comparison = findings.Comparison,
            Load = words is null ? null : EngineFigures.Load(words, measured, window),
            Latencies = words is null ? [] : EngineFigures.Latencies(words, measured),
            Distribution = EngineFigures.Distribution(measured),
            Streams = findings.Streams(window),
            Series = measured is { Started: > 1 } ? measured.Seconds : [],
            Saturated = Saturation.Of([.. health().Where(sample => sample.Second >= began && sample.Second <= began + seconds + 1)]),
        };
    }

    private (Status Status, string? Reason) OutcomeOf(ScenarioFindings findings, MeasuredScenario? measured) =>
        bench.Stopping.IsCancellationRequested ? (Status.Invalid, "the run was ended while it ran")
        : findings.Failures.Count > 0 || findings.Checks.Any(check => !check.Passed) ? (Status.Failed, null)
        : measured?.Stopped is { } stopped ? (Status.Invalid, $"it was stopped: {stopped}")
        : findings.Checks.Sum(check => check.Executed) == 0 ? (Status.Invalid, "no check was executed")
        : (Status.Passed, null);

    private ScenarioReport Unrun(LoadScenario scenario, Status status, string reason) => Card(scenario) with { Status = status, Reason = reason };

    private ScenarioReport Card(LoadScenario scenario) => new()
    {
        Id = scenario.Id,
        Title = scenario.Title,
        Purpose = scenario.Purpose,
        Status = Status.Invalid,
        BeganSeconds = secondsOfRun(),
        Seconds = 0,
    };
}
