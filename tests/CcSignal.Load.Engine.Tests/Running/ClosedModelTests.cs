using System.Collections.Concurrent;

namespace CcSignal.Load.Engine.Tests.Running;

public sealed class ClosedModelTests
{
    [Fact]
    public void Copies_share_a_number_of_iterations()
    {
        var numbers = new ConcurrentBag<int>();
        var scenario = Runs.Scenario(
            context =>
            {
                numbers.Add(context.ScenarioInfo.InstanceNumber);
                return Runs.Well();
            },
            Simulation.IterationsForConstant(3, 100));

        var measured = Runs.Measure(scenario);

        measured.Ok.Count.ShouldBe(100);
        measured.PeakInFlight.ShouldBeLessThanOrEqualTo(3);
        numbers.ShouldAllBe(number => number >= 0 && number < 3);
    }

    [Fact]
    public void Copies_that_are_kept_are_all_under_way_at_once()
    {
        using var together = new Barrier(4);
        var scenario = Runs.Scenario(
            async _ =>
            {
                await Task.Yield();
                return together.SignalAndWait(TimeSpan.FromSeconds(30)) ? Response.Ok() : Response.Fail(statusCode: "alone");
            },
            Simulation.IterationsForConstant(4, 8));

        Runs.Measure(scenario).PeakInFlight.ShouldBe(4);
    }

    [Fact]
    public void A_copy_counts_its_own_iterations_and_keeps_its_own_things()
    {
        var scenario = Runs.Scenario(
            context =>
            {
                var before = context.ScenarioInstanceData.TryGetValue("seen", out var seen) ? (long)seen : 0;
                context.ScenarioInstanceData["seen"] = context.InvocationNumber;
                return context.InvocationNumber == before + 1 ? Runs.Well() : throw new InvalidOperationException("It was counted wrongly.");
            },
            Simulation.IterationsForConstant(2, 50));

        Runs.Measure(scenario).Failed.Count.ShouldBe(0);
    }
}
