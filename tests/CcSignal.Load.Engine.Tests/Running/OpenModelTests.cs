namespace CcSignal.Load.Engine.Tests.Running;

public sealed class OpenModelTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Everything_planned_is_begun_also_when_the_clock_runs_away()
    {
        var time = new MovableTime();
        var scenario = Runs.Scenario(
            context =>
            {
                time.Advance(Second / 4); // slower than the 100 a second it is asked for
                return Runs.Well();
            },
            Simulation.Inject(100, Second, Second));

        var measured = Runs.Measure(scenario, time);

        measured.Planned.ShouldBe(100);
        measured.Started.ShouldBe(100);
        measured.Dropped.ShouldBe(0);
        measured.Ok.Count.ShouldBe(100);
    }

    [Fact]
    public void A_stall_shows_in_the_times_from_the_intended_start()
    {
        var time = new MovableTime();
        var stalled = 0;
        var scenario = Runs.Scenario(
            _ =>
            {
                if (Interlocked.Exchange(ref stalled, 1) == 0)
                {
                    time.Advance(60 * Second);
                }

                return Runs.Well();
            },
            Simulation.IterationsForInject(1, Second, 30));

        var measured = Runs.Measure(scenario, time);

        // Those that should have begun during the stall waited for up to a minute, though each was served at once.
        measured.FromIntended.At(50).ShouldBeGreaterThan(30 * Second);
        measured.Ok.At(50).ShouldBeLessThan(30 * Second);
        measured.StartLag.Most.ShouldBeGreaterThan(50 * Second);
    }

    [Fact]
    public void Iterations_begin_whether_or_not_others_have_ended()
    {
        using var all = new CountdownEvent(5);
        var scenario = Runs.Scenario(
            _ =>
            {
                all.Signal();
                return all.Wait(Second * 30) ? Runs.Well() : throw new TimeoutException("The others never began.");
            },
            Simulation.IterationsForInject(1000, Second, 5));

        var measured = Runs.Measure(scenario);

        measured.Ok.Count.ShouldBe(5);
        measured.PeakInFlight.ShouldBe(5);
    }

    [Fact]
    public void The_seconds_of_a_run_add_up_to_the_whole()
    {
        var time = new MovableTime();
        var scenario = Runs.Scenario(
            context =>
            {
                time.Advance(Second / 10);
                return Task.FromResult<IResponse>(context.InvocationNumber % 3 == 0 ? Response.Fail(statusCode: "third") : Response.Ok(sizeBytes: 10));
            },
            Simulation.Inject(10, Second, 5 * Second));

        var measured = Runs.Measure(scenario, time);

        measured.Seconds.Sum(second => second.Ok).ShouldBe(measured.Ok.Count);
        measured.Seconds.Sum(second => second.Failed).ShouldBe(measured.Failed.Count);
        measured.Seconds.Sum(second => second.Bytes).ShouldBe(measured.Ok.Count * 10);
        measured.Seconds.Select(second => second.Second).ShouldBe(Enumerable.Range(0, measured.Seconds.Count));
    }
}
