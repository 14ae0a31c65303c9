using CcSignal.Keeper.Serving;

namespace CcSignal.Keeper.Tests.Serving;

/// <summary>When a server that died is started again.</summary>
public sealed class RestartsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.1);

    [Fact]
    public void One_that_had_served_is_followed_at_once()
    {
        var restarts = new Restarts();

        restarts.After(served: true, Long).ShouldBe(TimeSpan.Zero);
        restarts.After(served: true, Long).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Those_that_fail_are_followed_later_and_later_until_one_serves()
    {
        var restarts = new Restarts();

        Enumerable.Range(0, 8).Select(_ => restarts.After(served: false, Moment).TotalSeconds).ShouldBe([0.5, 1, 2, 4, 8, 16, 30, 30]);
        restarts.After(served: false, Long).TotalSeconds.ShouldBe(30);
        restarts.After(served: true, Long).ShouldBe(TimeSpan.Zero);
        restarts.After(served: true, Moment).TotalSeconds.ShouldBe(0.5);
    }
}
