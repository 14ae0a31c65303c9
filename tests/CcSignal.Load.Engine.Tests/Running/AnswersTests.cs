namespace CcSignal.Load.Engine.Tests.Running;

public sealed class AnswersTests
{
    [Fact]
    public void A_failed_step_ends_its_iteration_and_counts_once()
    {
        var stats = Runs.Run(Scenario(
            context => Step.Run("first", context, () => Task.FromResult(Response.Fail<int>(statusCode: "no", message: "not today"))),
            context => Step.Run("second", context, () => Task.FromResult(Response.Ok<int>()))));

        var scenario = stats.ScenarioStats.Single();
        scenario.AllFailCount.ShouldBe(1);
        scenario.Fail.StatusCodes.Single().ShouldSatisfyAllConditions(
            status => status.StatusCode.ShouldBe("no"), status => status.Message.ShouldBe("not today"));
        scenario.StepStats.Select(step => (step.StepName, step.Fail.Request.Count)).ShouldBe([("first", 1)]);
    }

    [Fact]
    public void A_scenario_may_go_on_after_a_failed_step()
    {
        var stats = Runs.Run(Scenario(
            context => Step.Run("first", context, () => Task.FromResult(Response.Fail<int>())),
            context => Step.Run("second", context, () => Task.FromResult(Response.Ok<int>()))).WithRestartIterationOnFail(false));

        stats.ScenarioStats.Single().AllOkCount.ShouldBe(1);
        stats.ScenarioStats.Single().StepStats.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(true, "-100")]
    [InlineData(false, "-101")]
    public void Cancelled_and_thrown_have_their_codes(bool cancelled, string status)
    {
        var stats = Runs.Run(Runs.Scenario(
            _ => throw (cancelled ? new OperationCanceledException() : new InvalidDataException("broken")), Simulation.IterationsForConstant(1, 1)));

        stats.ScenarioStats.Single().Fail.StatusCodes.Single().StatusCode.ShouldBe(status);
    }

    [Fact]
    public void What_is_to_be_ignored_is_not_counted()
    {
        var stats = Runs.Run(Runs.Scenario(
            context => context.InvocationNumber == 1 ? throw new IgnoreMeasurementException() : Runs.Well(), Simulation.IterationsForConstant(1, 3)));

        stats.AllRequestCount.ShouldBe(2);
    }

    [Fact]
    public void A_latency_of_its_own_stands_for_the_clock()
    {
        var stats = Runs.Run(Runs.Scenario(
            _ => Task.FromResult<IResponse>(Response.Ok<object>(customLatencyMs: 123_000)), Simulation.IterationsForConstant(1, 1)));

        stats.ScenarioStats.Single().Ok.Latency.Percent50.ShouldBe(123_000);
    }

    [Fact]
    public void Iterations_are_counted_and_steps_are_not_added_to_them()
    {
        var stats = Runs.Run(Scenario(
            context => Step.Run("a", context, () => Task.FromResult(Response.Ok<int>(sizeBytes: 5))),
            context => Step.Run("b", context, () => Task.FromResult(Response.Ok<int>(sizeBytes: 7)))));

        stats.AllRequestCount.ShouldBe(1);
    }

    private static ScenarioProps Scenario(params Func<IScenarioContext, Task<Response<int>>>[] steps) => Runs.Scenario(
        async context =>
        {
            foreach (var step in steps)
            {
                await step(context);
            }

            return Response.Ok();
        },
        Simulation.IterationsForConstant(1, 1));
}
