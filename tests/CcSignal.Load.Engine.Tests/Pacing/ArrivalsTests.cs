using CcSignal.Load.Engine.Pacing;

namespace CcSignal.Load.Engine.Tests.Pacing;

public sealed class ArrivalsTests
{
    [Fact]
    public void A_steady_rate_begins_iterations_evenly_from_the_first_moment() =>
        Arrivals.Between(4, 4, TimeSpan.FromSeconds(1)).Select(time => time.TotalMilliseconds).ShouldBe([0, 250, 500, 750], tolerance: 0.001);

    [Fact]
    public void A_ramp_begins_as_many_as_the_area_below_it() =>
        Arrivals.Between(0, 100, TimeSpan.FromSeconds(10)).Count().ShouldBe(500);

    [Theory]
    [InlineData(0, 100)]
    [InlineData(100, 0)]
    [InlineData(20, 90)]
    public void A_ramp_has_at_every_moment_begun_what_its_rate_says(double from, double to)
    {
        var during = TimeSpan.FromSeconds(10);
        var starts = Arrivals.Between(from, to, during).ToArray();

        starts.ShouldBeInOrder();
        foreach (var second in Enumerable.Range(1, 9))
        {
            var area = from * second + (to - from) / during.TotalSeconds * second * second / 2;
            ((double)starts.Count(start => start.TotalSeconds < second)).ShouldBe(area, 1.001);
        }
    }

    [Fact]
    public void A_rate_of_nothing_begins_nothing() => Arrivals.Between(0, 0, TimeSpan.FromSeconds(10)).ShouldBeEmpty();
}
