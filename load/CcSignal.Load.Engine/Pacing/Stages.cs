using System.Globalization;

namespace CcSignal.Load.Engine.Pacing;

/// <summary>Turns the simulations of a scenario into stages; a ramp begins where the stage before has ended.</summary>
internal static class Stages
{
    public static IReadOnlyList<Stage> Of(IEnumerable<LoadSimulation> simulations)
    {
        var stages = new List<Stage>();
        var copies = 0;
        var perSecond = 0.0;
        foreach (var simulation in simulations)
        {
            var stage = Of(simulation, copies, perSecond);
            stages.Add(stage);
            (copies, perSecond) = (After(stage, copies), RateAfter(simulation, perSecond));
        }

        return stages;
    }

    private static Stage Of(LoadSimulation simulation, int copies, double perSecond) => simulation switch
    {
        LoadSimulation.KeepConstant keep => new Stage.Closed(Say($"keep {keep.Copies} copies for {Seconds(keep.During)}"), keep.Copies, keep.Copies, keep.During),
        LoadSimulation.RampingConstant ramp =>
            new Stage.Closed(Say($"ramp from {copies} to {ramp.Copies} copies in {Seconds(ramp.During)}"), copies, ramp.Copies, ramp.During),
        LoadSimulation.Inject inject => Open(
            Say($"begin {inject.Rate} per {Seconds(inject.Interval)} for {Seconds(inject.During)}"),
            PerSecond(inject.Rate, inject.Interval), PerSecond(inject.Rate, inject.Interval), inject.During),
        LoadSimulation.RampingInject ramp => Open(
            Say($"ramp from {perSecond:0.##} to {PerSecond(ramp.Rate, ramp.Interval):0.##} begun per second in {Seconds(ramp.During)}"),
            perSecond, PerSecond(ramp.Rate, ramp.Interval), ramp.During),
        LoadSimulation.IterationsForConstant shared =>
            new Stage.Shared(Say($"{shared.Iterations} iterations by {shared.Copies} copies"), shared.Copies, shared.Iterations),
        LoadSimulation.IterationsForInject some => Paced(some),
        LoadSimulation.Pause pause => new Stage.Quiet(Say($"nothing for {Seconds(pause.During)}"), pause.During),
        _ => throw new NotSupportedException($"{simulation} is no stage of load."),
    };

    private static Stage.Open Open(string words, double from, double to, TimeSpan during) =>
        new(words, Arrivals.Between(from, to, during), Arrivals.Count(from, to, during), during);

    private static Stage.Open Paced(LoadSimulation.IterationsForInject some)
    {
        var gap = some.Interval / some.Rate;
        return new(
            Say($"{some.Iterations} iterations, {some.Rate} begun per {Seconds(some.Interval)}"),
            Enumerable.Range(0, some.Iterations).Select(number => gap * number), some.Iterations, gap * (some.Iterations - 1));
    }

    private static int After(Stage stage, int copies) => stage switch
    {
        Stage.Closed closed => closed.To,
        Stage.Quiet => copies,
        _ => 0,
    };

    private static double RateAfter(LoadSimulation simulation, double perSecond) => simulation switch
    {
        LoadSimulation.Inject inject => PerSecond(inject.Rate, inject.Interval),
        LoadSimulation.RampingInject ramp => PerSecond(ramp.Rate, ramp.Interval),
        LoadSimulation.Pause => perSecond,
        _ => 0,
    };

    private static double PerSecond(int rate, TimeSpan interval) => rate / interval.TotalSeconds;

    private static string Seconds(TimeSpan time) => Say($"{time.TotalSeconds:0.###} s");

    private static string Say(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
