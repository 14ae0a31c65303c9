using CcSignal.Load.Engine.Stats;
using CcSignal.Load.Measuring;

namespace CcSignal.Load.Engine.Tests;

/// <summary>Runs of one scenario that leave no files and print nothing.</summary>
internal static class Runs
{
    public static NodeStats Run(ScenarioProps scenario, TimeProvider? time = null) => Of(scenario, time).Run();

    public static MeasuredScenario Measure(ScenarioProps scenario, TimeProvider? time = null) => Run(scenario, time).Measured.Single();

    public static LoadContext Of(ScenarioProps scenario, TimeProvider? time = null) =>
        LoadRunner.RegisterScenarios(scenario).WithoutReports() with { Time = time ?? TimeProvider.System, View = _ => new QuietView() };

    public static ScenarioProps Scenario(Func<IScenarioContext, Task<IResponse>> run, params LoadSimulation[] simulations) =>
        Engine.Scenario.Create("scenario", run).WithoutWarmUp().WithLoadSimulations(simulations);

    public static Task<IResponse> Well() => Task.FromResult<IResponse>(Response.Ok());
}
