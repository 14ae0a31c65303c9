using CcSignal.Load.Engine.Pacing;

namespace CcSignal.Load.Engine.Tests.Pacing;

public sealed class StagesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_ramp_of_copies_moves_one_by_one_from_those_before()
    {
        var ramp = (Stage.Closed)Stages.Of([Simulation.KeepConstant(2, Second), Simulation.RampingConstant(4, Second)])[1];

        ramp.Changes().ShouldBe([(TimeSpan.Zero, 2), (Second / 2, 3), (Second, 4)]);
    }

    [Fact]
    public void A_ramp_of_a_rate_begins_at_the_rate_before()
    {
        var ramp = (Stage.Open)Stages.Of([Simulation.Inject(10, Second, Second), Simulation.RampingInject(30, Second, Second)])[1];

        ramp.Count.ShouldBe(20);
    }

    [Fact]
    public void A_fixed_number_of_iterations_keeps_its_pace()
    {
        var stage = (Stage.Open)Stages.Of([Simulation.IterationsForInject(10, Second, 3)])[0];

        stage.Starts.ShouldBe([TimeSpan.Zero, Second / 10, Second / 5]);
        stage.Length.ShouldBe(Second / 5);
    }

    [Fact]
    public void Every_stage_is_told_in_words() => Stages.Of(
    [
        Simulation.KeepConstant(2, Second),
        Simulation.RampingConstant(4, Second),
        Simulation.Inject(5, Second, 2 * Second),
        Simulation.Pause(3 * Second),
        Simulation.RampingInject(50, Second, Second),
        Simulation.IterationsForConstant(2, 7),
        Simulation.IterationsForInject(2, Second, 9),
    ]).Select(stage => stage.Words).ShouldBe(
    [
        "keep 2 copies for 1 s",
        "ramp from 2 to 4 copies in 1 s",
        "begin 5 per 1 s for 2 s",
        "nothing for 3 s",
        "ramp from 5 to 50 begun per second in 1 s",
        "7 iterations by 2 copies",
        "9 iterations, 2 begun per 1 s",
    ]);

    [Fact]
    public void Nonsense_is_refused_when_it_is_said()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Simulation.IterationsForConstant(1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Simulation.Inject(-1, Second, Second));
        Should.Throw<ArgumentOutOfRangeException>(() => Simulation.Inject(1, TimeSpan.Zero, Second));
        Should.Throw<ArgumentOutOfRangeException>(() => Simulation.KeepConstant(1, TimeSpan.Zero));
    }
}
