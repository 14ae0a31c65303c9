using CcSignal.Client.Connecting;

namespace CcSignal.Client.Tests.Connecting;

public sealed class ReconnectPolicyTests
{
    private static readonly ReconnectPolicy Policy = new() { FirstDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(5) };

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 5)]
    [InlineData(1_000_000, 5)]
    public void The_bound_of_a_wait_doubles_up_to_the_greatest(int failed, double seconds)
    {
        Policy.DelayAfter(failed, share: 1).ShouldBe(TimeSpan.FromSeconds(seconds));
        Policy.DelayAfter(failed, share: 0.5).ShouldBe(TimeSpan.FromSeconds(seconds / 2));
        Policy.DelayAfter(failed, share: 0).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task So_many_attempts_are_made_and_after_a_success_as_many_again()
    {
        var patience = new Patience(Quick with { MaxAttempts = 3 }, TimeProvider.System);

        (await AttemptsAsync(patience)).ShouldBe(3);
        patience.Restore();
        (await AttemptsAsync(patience)).ShouldBe(3);
    }

    [Fact]
    public async Task A_limit_of_time_ends_the_attempts()
    {
        var patience = new Patience(Quick with { MaxDuration = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);

        (await AttemptsAsync(patience)).ShouldBeGreaterThan(0);
        patience.Spent.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Never_means_not_once() => (await AttemptsAsync(new Patience(ReconnectPolicy.Never, TimeProvider.System))).ShouldBe(0);

    private static ReconnectPolicy Quick => new() { FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(5) };

    private static async Task<int> AttemptsAsync(Patience patience)
    {
        var attempts = 0;
        while (await patience.WaitAsync(TestContext.Current.CancellationToken))
        {
            attempts++;
        }

        return attempts;
    }
}
