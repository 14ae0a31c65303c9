using CcSignal.Load.Engine.Reports;
using CcSignal.Load.Engine.Running;
using CcSignal.Load.Engine.Stats;

namespace CcSignal.Load.Engine;

/// <summary>Describes and runs a run of scenarios, all of them at once. Scenarios know it as <c>LoadHost</c>.</summary>
public static class LoadRunner
{
    /// <summary>A run of these scenarios.</summary>
    public static LoadContext RegisterScenarios(params ScenarioProps[] scenarios)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        return scenarios.Length == 0
            ? throw new ArgumentException("A run needs at least one scenario.", nameof(scenarios))
            : scenarios.GroupBy(scenario => scenario.ScenarioName).FirstOrDefault(group => group.Count() > 1) is { } twice
                ? throw new ArgumentException($"There are {twice.Count()} scenarios named '{twice.Key}'.", nameof(scenarios))
                : new LoadContext([.. scenarios]);
    }

    /// <summary>What the run belongs to.</summary>
    public static LoadContext WithTestSuite(this LoadContext context, string testSuite) => Given(context) with { TestSuite = testSuite };

    /// <summary>What the run is called.</summary>
    public static LoadContext WithTestName(this LoadContext context, string testName) => Given(context) with { TestName = testName };

    /// <summary>Only these of the registered scenarios run.</summary>
    public static LoadContext WithTargetScenarios(this LoadContext context, params string[] scenarioNames) => Given(context) with { Targets = [.. scenarioNames] };

    /// <summary>Where reports go; <c>reports</c> by default.</summary>
    public static LoadContext WithReportFolder(this LoadContext context, string reportFolder) => Given(context) with { ReportFolder = reportFolder };

    /// <summary>What reports are called, without an extension; by default the test's name and the time.</summary>
    public static LoadContext WithReportFileName(this LoadContext context, string reportFileName) => Given(context) with { ReportFileName = reportFileName };

    /// <summary>Which reports are written; all by default.</summary>
    public static LoadContext WithReportFormats(this LoadContext context, params ReportFormat[] reportFormats) =>
        Given(context) with { ReportFormats = [.. reportFormats.Distinct()] };

    /// <summary>No report is written.</summary>
    public static LoadContext WithoutReports(this LoadContext context) => Given(context) with { ReportFormats = [] };

    /// <summary>How often progress is told where the console cannot show it live; 5 seconds by default, and at least.</summary>
    public static LoadContext WithReportingInterval(this LoadContext context, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromSeconds(5));
        return Given(context) with { ReportingInterval = interval };
    }

    /// <summary>How long iterations under way may go on when the plan is done, before they are cancelled; a minute by default.</summary>
    public static LoadContext WithScenarioCompletionTimeout(this LoadContext context, TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        return Given(context) with { CompletionTimeout = timeout };
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="context">The run.</param>
    /// <param name="args">Nothing, or <c>--target=name,name</c>.</param>
    /// <returns>What was counted and measured.</returns>
    /// <exception cref="ArgumentException">An argument or a target is unknown.</exception>
    /// <exception cref="InvalidOperationException">A scenario could not make ready.</exception>
    public static NodeStats Run(this LoadContext context, params string[] args)
    {
        var run = Given(context);
        foreach (var argument in args)
        {
            run = argument.Split('=', 2) is ["--target", { Length: > 0 } names]
                ? run.WithTargetScenarios(names.Split(','))
                : throw new ArgumentException($"'{argument}' is not an argument of the built-in engine; it knows --target=name,name.", nameof(args));
        }

        // NBomber's Run blocks, and so does this: there is no context here that it could wait for in vain.
        var stats = new LoadRun(run).RunAsync().GetAwaiter().GetResult();
        StatsFiles.Write(run, stats);
        return stats;
    }

    private static LoadContext Given(LoadContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context;
    }
}
