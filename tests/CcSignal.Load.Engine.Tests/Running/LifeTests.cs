namespace CcSignal.Load.Engine.Tests.Running;

public sealed class LifeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_scenario_makes_ready_warms_up_runs_and_cleans_up()
    {
        var time = new MovableTime();
        var seen = new List<ScenarioOperation>();
        var scenario = Scenario.Create("whole", context =>
            {
                Note(context.ScenarioInfo);
                time.Advance(Second);
                return Runs.Well();
            })
            .WithInit(context => Note(context.ScenarioInfo))
            .WithClean(context => Note(context.ScenarioInfo))
            .WithWarmUpDuration(Second / 10)
            .WithLoadSimulations(Simulation.KeepConstant(1, 5 * Second));

        var stats = Runs.Run(scenario, time);

        seen.Distinct().ShouldBe([ScenarioOperation.Init, ScenarioOperation.WarmUp, ScenarioOperation.Bombing, ScenarioOperation.Clean]);
        stats.AllOkCount.ShouldBe(seen.Count(operation => operation == ScenarioOperation.Bombing));

        Task Note(ScenarioInfo info)
        {
            seen.Add(info.ScenarioOperation);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void One_that_cannot_make_ready_ends_the_run_and_still_cleans_up()
    {
        var cleaned = false;
        var scenario = Runs.Scenario(_ => Runs.Well(), Simulation.IterationsForConstant(1, 1))
            .WithInit(_ => throw new IOException("no disk"))
            .WithClean(_ =>
            {
                cleaned = true;
                return Task.CompletedTask;
            });

        Should.Throw<InvalidOperationException>(() => Runs.Run(scenario)).Message.ShouldContain("no disk");
        cleaned.ShouldBeTrue();
    }

    [Fact]
    public void A_stop_cancels_what_is_under_way_and_says_why()
    {
        var scenario = Runs.Scenario(
            async context =>
            {
                context.StopCurrentTest("enough");
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.ScenarioCancellationToken);
                return Response.Ok();
            },
            Simulation.KeepConstant(1, 1000 * Second));

        var measured = Runs.Measure(scenario);

        measured.Stopped.ShouldBe("enough");
        measured.Failed.Count.ShouldBe(1);
    }

    [Fact]
    public void Too_many_failures_stop_everything()
    {
        var scenario = Runs.Scenario(_ => Task.FromResult<IResponse>(Response.Fail()), Simulation.KeepConstant(1, 1000 * Second)).WithMaxFailCount(7);

        var measured = Runs.Measure(scenario);

        measured.Failed.Count.ShouldBe(7);
        measured.Stopped.ShouldNotBeNull().ShouldContain("7");
    }

    [Fact]
    public void Iterations_that_never_end_are_cancelled_when_their_time_to_complete_is_over()
    {
        var scenario = Runs.Scenario(
            async context =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.ScenarioCancellationToken);
                return Response.Ok();
            },
            Simulation.IterationsForInject(1, Second, 1));

        var stats = Runs.Of(scenario).WithScenarioCompletionTimeout(Second / 100).Run();

        stats.ScenarioStats.Single().Fail.StatusCodes.Single().StatusCode.ShouldBe("-100");
    }

    [Fact]
    public void Only_the_scenarios_that_are_asked_for_run()
    {
        var context = Runs.Of(Runs.Scenario(_ => Runs.Well(), Simulation.IterationsForConstant(1, 1)));

        Should.Throw<ArgumentException>(() => context.WithTargetScenarios("other").Run()).Message.ShouldContain("other");
        context.Run("--target=scenario").AllOkCount.ShouldBe(1);
    }
}
