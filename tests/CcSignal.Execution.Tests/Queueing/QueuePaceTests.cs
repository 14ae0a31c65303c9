using CcSignal.Execution.Queueing;
using CcSignal.Execution.Tests.History;

namespace CcSignal.Execution.Tests.Queueing;

public sealed class QueuePaceTests
{
    private const long Start = 1_000_000;

    private readonly SettableClock _clock = new(Start);
    private readonly QueuePace _pace;

    public QueuePaceTests()
    {
        _pace = new QueuePace(_clock);
    }

    [Fact]
    public void A_place_is_reached_as_fast_as_those_before_it_were_taken()
    {
        _pace.Waiting(10);
        Take(times: QueuePace.Fewest, everyMilliseconds: 20_000);

        _pace.ExpectedStartOf(1).ShouldBe(_clock.Now + 20_000);
        _pace.ExpectedStartOf(7).ShouldBe(_clock.Now + 140_000);
        _pace.ExpectedStartOf(null).ShouldBeNull("it does not wait");
    }

    [Fact]
    public void Too_few_tell_nothing()
    {
        _pace.Waiting(10);
        Take(times: QueuePace.Fewest - 1, everyMilliseconds: 1000);

        _pace.ExpectedStartOf(1).ShouldBeNull();
    }

    [Fact]
    public void What_finds_a_free_place_at_once_is_not_counted()
    {
        _pace.Taken(100);
        _pace.Waiting(5);
        _pace.ExpectedStartOf(1).ShouldBeNull();

        Take(times: 4, everyMilliseconds: 30_000);

        _pace.ExpectedStartOf(1).ShouldBe(_clock.Now + 30_000);
    }

    [Fact]
    public void A_queue_that_was_empty_begins_anew()
    {
        _pace.Waiting(5);
        Take(times: 5, everyMilliseconds: 1000);
        _pace.Waiting(0);
        _pace.ExpectedStartOf(1).ShouldBeNull();
        _clock.Now += 3_600_000;

        _pace.Waiting(5);
        Take(times: 3, everyMilliseconds: 2000);

        _pace.ExpectedStartOf(1).ShouldBe(_clock.Now + 2000);
    }

    [Fact]
    public void The_older_past_is_forgotten()
    {
        _pace.Waiting(1000);
        Take(times: 100, everyMilliseconds: 60_000);
        Take(times: QueuePace.Most, everyMilliseconds: 1000);

        _pace.ExpectedStartOf(2).ShouldBe(_clock.Now + 2000);
    }

    [Fact]
    public void A_queue_that_stands_still_moves_what_is_expected_on()
    {
        _pace.Waiting(10);
        Take(times: 4, everyMilliseconds: 10_000);
        _clock.Now += 40_000;

        _pace.ExpectedStartOf(1).ShouldBe(_clock.Now + 20_000);
    }

    private void Take(int times, long everyMilliseconds)
    {
        for (var i = 0; i < times; i++)
        {
            _clock.Now += everyMilliseconds;
            _pace.Taken(1);
        }
    }
}
