using CcSignal.Load.Engine.Stats;

namespace CcSignal.Load.Engine.Tests.Running;

public sealed class ThresholdTests
{
    [Fact]
    public void A_threshold_is_told_as_it_was_written() =>
        Result(Threshold.Create(stats => stats.Ok.Request.Count == 2)).ShouldSatisfyAllConditions(
            result => result.IsFailed.ShouldBeFalse(), result => result.CheckExpression.ShouldBe("(stats.Ok.Request.Count == 2)"));

    [Fact]
    public void One_that_is_not_met_says_so() => Result(Threshold.Create("step", step => step.Fail.Request.Count > 0)).IsFailed.ShouldBeTrue();

    [Fact]
    public void One_on_a_step_that_never_ran_is_not_met() =>
        Result(Threshold.Create("other", step => step.Fail.Request.Count == 0)).ShouldSatisfyAllConditions(
            result => result.IsFailed.ShouldBeTrue(), result => result.ExceptionMsg.ShouldContain("other"));

    private static ThresholdResult Result(Threshold threshold) => Runs.Run(
        Runs.Scenario(
            async context =>
            {
                await Step.Run("step", context, () => Task.FromResult(Response.Ok<int>()));
                return Response.Ok();
            },
            Simulation.IterationsForConstant(1, 2)).WithThresholds(threshold)).Thresholds.Single();
}
