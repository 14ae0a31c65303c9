using CcSignal.Contracts;
using CcSignal.Execution.History;

namespace CcSignal.Execution.Tests.History;

public sealed class NumberTests
{
    [Fact]
    public void Numbers_rise_from_every_thread_and_none_comes_twice()
    {
        var source = new NumberSource(TimeProvider.System, node: 5);
        var runs = new long[8][];

        Parallel.For(0, runs.Length, run => runs[run] = [.. Enumerable.Range(0, 20_000).Select(_ => source.Next())]);

        runs.ShouldAllBe(run => run.Zip(run.Skip(1)).All(pair => pair.First < pair.Second));
        runs.SelectMany(run => run).Distinct().Count().ShouldBe(160_000);
        runs[0].ShouldAllBe(number => ExecutionNumber.NodeOf(number) == 5);
    }

    [Fact]
    public void Numbers_rise_when_the_clock_is_set_back()
    {
        var clock = new SettableClock(1_800_000_000_000);
        var source = new NumberSource(clock, node: 0);
        var before = source.Next();
        clock.Now -= 3_600_000;

        source.Next().ShouldBeGreaterThan(before);
    }

    [Fact]
    public void A_millisecond_that_is_used_up_borrows_from_the_next()
    {
        var source = new NumberSource(new SettableClock(1_800_000_000_000), node: 1023);
        var numbers = Enumerable.Range(0, 4097).Select(_ => source.Next()).ToList();

        numbers.Zip(numbers.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
        ExecutionNumber.TimeOf(numbers[4095]).ShouldBe(1_800_000_000_000);
        ExecutionNumber.TimeOf(numbers[4096]).ShouldBe(1_800_000_000_001);
        ExecutionNumber.NodeOf(numbers[4096]).ShouldBe(1023);
    }

    [Fact]
    public void Numbers_of_several_nodes_are_in_the_order_of_time()
    {
        var clock = new SettableClock(1_800_000_000_000);
        var early = new NumberSource(clock, node: 1023).Next();
        clock.Now++;

        new NumberSource(clock, node: 0).Next().ShouldBeGreaterThan(early);
    }

    [Fact]
    public void A_node_that_does_not_fit_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new NumberSource(TimeProvider.System, node: 1024));
        Should.Throw<ArgumentOutOfRangeException>(() => new NumberSource(TimeProvider.System, node: -1));
    }

    [Theory]
    [InlineData(long.MinValue, 0)]
    [InlineData(0, 0)]
    [InlineData(1_735_689_600_000, 0)]
    [InlineData(1_735_689_600_001, 1L << 22)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void Any_moment_has_a_first_number(long unixMilliseconds, long number)
    {
        ExecutionNumber.FirstAt(unixMilliseconds).ShouldBe(number);
    }

    [Fact]
    public void The_first_number_of_a_moment_divides_before_from_after()
    {
        var clock = new SettableClock(1_800_000_000_000);
        var number = new NumberSource(clock, node: 7).Next();

        number.ShouldBeGreaterThanOrEqualTo(ExecutionNumber.FirstAt(clock.Now));
        number.ShouldBeLessThan(ExecutionNumber.FirstAt(clock.Now + 1));
        ExecutionNumber.TimeOf(number).ShouldBe(clock.Now);
    }

    [Fact]
    public void A_cursor_comes_back_as_it_went()
    {
        foreach (var number in new[] { 0, 1, 1L << 22, long.MaxValue })
        {
            PageCursor.Read(PageCursor.Write(number)).ShouldBe(number);
        }
    }

    [Fact]
    public void A_cursor_that_is_none_is_refused()
    {
        foreach (var text in new[] { "x", "", "000000000000000", "8000000000000000", "000000000000000g", " 00000000000000a", "٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠" })
        {
            Should.Throw<RefusedException>(() => PageCursor.Read(text)).Code.ShouldBe(ErrorCodes.InvalidRequest);
        }
    }

    [Fact]
    public void Owners_spread_over_the_shards_in_the_same_way_everywhere()
    {
        Shard.Of("anna").ShouldBe(Shard.Of("anna"));
        Shard.Of("").ShouldBe(2166136261u % 64 is var empty ? (int)empty : -1);
        Enumerable.Range(0, 1000).Select(i => Shard.Of($"owner{i}")).Distinct().Count().ShouldBe(Shard.Count);
    }
}
