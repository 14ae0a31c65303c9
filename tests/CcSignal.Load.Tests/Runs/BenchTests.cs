using CcSignal.Load.CommandLine;
using CcSignal.Load.Health;
using CcSignal.Load.Runs;

namespace CcSignal.Load.Tests.Runs;

public sealed class BenchTests
{
    [Fact]
    public void The_same_seed_makes_the_same_choices_in_whatever_order()
    {
        var first = Of(seed: 7).RandomFor("reconnect", 3).Next();
        _ = Of(seed: 7).RandomFor("reconnect", 1).Next();

        Of(seed: 7).RandomFor("reconnect", 3).Next().ShouldBe(first);
        Of(seed: 8).RandomFor("reconnect", 3).Next().ShouldNotBe(first);
        Of(seed: 7).RandomFor("starts", 3).Next().ShouldNotBe(first);
    }

    [Fact]
    public void A_scale_never_makes_nothing_of_something() => Of(seed: 1, scale: 0.001).Count(100).ShouldBe(1);

    private static Bench Of(int seed, double scale = 1) => new(
        new RunOptions { Seed = seed, Scale = scale }, new Uri("http://127.0.0.1:1"), token: null, own: null, new Activity(), CancellationToken.None);
}
