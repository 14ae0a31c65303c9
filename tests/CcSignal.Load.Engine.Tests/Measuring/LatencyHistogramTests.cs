using CcSignal.Load.Measuring;

namespace CcSignal.Load.Engine.Tests.Measuring;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Every_percentile_is_within_a_thousandth_of_the_sorted_values()
    {
        var random = new Random(7);
        var histogram = new LatencyHistogram();
        var values = Enumerable.Range(0, 50_000).Select(_ => (long)Math.Exp(random.NextDouble() * 25)).ToArray();
        foreach (var value in values)
        {
            histogram.Record(TimeSpan.FromTicks(value));
        }

        Array.Sort(values);
        foreach (var percent in (double[])[0.1, 1, 10, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100])
        {
            var exact = values[Math.Max(0, (int)Math.Ceiling(percent / 100 * values.Length) - 1)];
            ((double)histogram.At(percent).Ticks).ShouldBe(exact, Math.Max(1, exact * 0.001), $"p{percent}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(4095)]
    [InlineData(123_456_789)]
    [InlineData(long.MaxValue)]
    public void A_single_value_is_told_exactly(long ticks)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromTicks(ticks));

        histogram.At(50).Ticks.ShouldBe(ticks);
        histogram.Least.Ticks.ShouldBe(ticks);
        histogram.Most.Ticks.ShouldBe(ticks);
    }

    [Fact]
    public void Count_mean_deviation_least_and_most_are_exact()
    {
        var histogram = Of(2, 4, 4, 4, 5, 5, 7, 9);

        histogram.Count.ShouldBe(8);
        histogram.Mean.ShouldBe(TimeSpan.FromMilliseconds(5));
        histogram.Deviation.ShouldBe(TimeSpan.FromMilliseconds(2));
        histogram.Least.ShouldBe(TimeSpan.FromMilliseconds(2));
        histogram.Most.ShouldBe(TimeSpan.FromMilliseconds(9));
    }

    [Fact]
    public void Two_added_are_as_one_that_saw_everything()
    {
        var one = Of(1, 2, 3);
        one.Add(Of(400, 5000));

        one.Buckets().ShouldBe(Of(1, 2, 3, 400, 5000).Buckets());
        one.Mean.ShouldBe(Of(1, 2, 3, 400, 5000).Mean);
    }

    [Fact]
    public void The_buckets_hold_everything_once()
    {
        var histogram = Of(1, 1, 2, 70, 8000);

        histogram.Buckets().Sum(bucket => bucket.Count).ShouldBe(5);
        histogram.Buckets().Select(bucket => bucket.Highest).ShouldBeInOrder();
    }

    [Fact]
    public void A_cleared_one_is_as_new()
    {
        var histogram = Of(1, 2);
        histogram.Clear();

        histogram.Count.ShouldBe(0);
        histogram.Least.ShouldBe(TimeSpan.Zero);
        Should.Throw<InvalidOperationException>(() => histogram.At(50));
    }

    [Theory]
    [InlineData(99, 99, false)]
    [InlineData(99, 100, true)]
    [InlineData(99.9, 999, false)]
    [InlineData(99.9, 1000, true)]
    [InlineData(50, 1, false)]
    [InlineData(50, 2, true)]
    public void A_percentile_needs_samples_beyond_it(double percent, int count, bool told) =>
        LatencySummary.Percentile(Of(Enumerable.Range(1, count).ToArray()), percent).HasValue.ShouldBe(told);

    private static LatencyHistogram Of(params int[] milliseconds)
    {
        var histogram = new LatencyHistogram();
        foreach (var time in milliseconds)
        {
            histogram.Record(TimeSpan.FromMilliseconds(time));
        }

        return histogram;
    }
}
