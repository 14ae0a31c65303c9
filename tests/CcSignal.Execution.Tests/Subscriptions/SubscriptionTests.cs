using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Subscriptions;

namespace CcSignal.Execution.Tests.Subscriptions;

/// <summary>A follower's window is strict, and a follower costs nobody but itself.</summary>
public sealed class SubscriptionTests
{
    [Theory]
    [InlineData(4096)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public async Task Never_more_than_the_window_is_sent_unacknowledged(long windowBytes)
    {
        await using var engine = await Engine.StartAsync();
        var info = (await engine.RunAsync("flood", "3000000")).Last().Info!;
        var cancellationToken = TestContext.Current.CancellationToken;
        var subscription = await engine.Service.FollowAsync(info.Id, new FollowOptions { WindowBytes = windowBytes }, Engine.Admin, cancellationToken);
        await using var events = subscription.EventsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        long unacknowledged = 0;
        long total = 0;
        long sequence = 0;

        while (true)
        {
            var next = events.MoveNextAsync();
            if (!next.IsCompleted && windowBytes - unacknowledged < IndexRecord.MaxLength)
            {
                // It waits for us, and for nothing else.
                subscription.Window.Acknowledge(sequence);
                unacknowledged = 0;
            }

            (await next).ShouldBeTrue();
            if (events.Current.Kind == EventKind.Ended)
            {
                break;
            }

            if (events.Current.Kind == EventKind.Output)
            {
                unacknowledged += events.Current.Data!.Value.Length;
                total += events.Current.Data!.Value.Length;
                sequence = events.Current.Sequence!.Value;
                unacknowledged.ShouldBeLessThanOrEqualTo(windowBytes);
            }
        }

        total.ShouldBe(3_000_000);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(4095, false)]
    [InlineData(4096, true)]
    [InlineData(-1, false)]
    public void A_window_that_could_not_take_one_piece_is_refused(long windowBytes, bool taken)
    {
        var check = () => Subscription.Check(new FollowOptions { WindowBytes = windowBytes });

        if (taken)
        {
            check().WindowBytes.ShouldBe(windowBytes);
        }
        else
        {
            Should.Throw<RefusedException>(check).Code.ShouldBe(ErrorCodes.InvalidRequest);
        }
    }

    [Fact]
    public void A_sequence_below_one_is_refused() =>
        Should.Throw<RefusedException>(() => Subscription.Check(new FollowOptions { FromSequence = 0 })).Message.ShouldContain("fromSequence");

    [Fact]
    public async Task A_follower_that_stops_reading_holds_up_neither_the_command_nor_another_follower()
    {
        await using var engine = await Engine.StartAsync();
        var id = (await engine.Service.StartAsync(Engine.Request("flood", "20000000"), Engine.Admin)).Id;
        var stalled = engine.FollowAsync(id).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await stalled.MoveNextAsync()).ShouldBeTrue();

        var events = await engine.FollowToEndAsync(id);

        events.Last().Info!.StdoutBytes.ShouldBe(20_000_000);
        await stalled.DisposeAsync();
    }

    [Fact]
    public async Task A_silent_command_is_followed_with_heartbeats()
    {
        await using var engine = await Engine.StartAsync();
        var id = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;

        var heartbeat = await engine.FollowAsync(id).FirstAsync(item => item.Kind == EventKind.Heartbeat, TestContext.Current.CancellationToken);

        heartbeat.Sequence.ShouldBe(1);
        await engine.Service.CancelAsync(id, null, Engine.Admin, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Following_an_execution_that_waits_tells_when_it_starts_and_ends()
    {
        await using var engine = await Engine.StartAsync("auto", ("CcSignal:Admission:MaxRunning", "1"));
        var first = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;
        var second = (await engine.Service.StartAsync(Engine.Request("echo", "at last"), Engine.Admin)).Id;
        var events = new List<ExecutionEvent>();

        await foreach (var item in engine.FollowAsync(second))
        {
            events.Add(item);
            if (item.Kind == EventKind.Snapshot)
            {
                item.Info!.State.ShouldBe(ExecutionState.Queued);
                await engine.Service.CancelAsync(first, null, Engine.Admin, TestContext.Current.CancellationToken);
            }
        }

        // Its place in the queue may have been told before.
        events.Where(item => item.Kind == EventKind.State).Select(item => item.Info!.State).SkipWhile(state => state == ExecutionState.Queued).ShouldBe([ExecutionState.Running]);
        events.Text().ShouldBe("at last\n");
    }

    [Fact]
    public async Task Whoever_leaves_hears_of_no_end_because_there_is_none()
    {
        await using var engine = await Engine.StartAsync();
        var id = (await engine.Service.StartAsync(Engine.Request("sleep", "600"), Engine.Admin)).Id;
        using var leaves = new CancellationTokenSource();
        var subscription = await engine.Service.FollowAsync(id, null, Engine.Admin, TestContext.Current.CancellationToken);
        var events = new List<EventKind>();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in subscription.EventsAsync(leaves.Token))
            {
                events.Add(item.Kind);
                await (item.Kind == EventKind.Output ? leaves.CancelAsync() : Task.CompletedTask);
            }
        });

        events.ShouldNotContain(EventKind.Ended);
        (await engine.Service.GetAsync(id, Engine.Admin, TestContext.Current.CancellationToken)).State.ShouldBe(ExecutionState.Running);
        await engine.Service.CancelAsync(id, null, Engine.Admin, TestContext.Current.CancellationToken);
        (await engine.FollowToEndAsync(id)).Count(item => item.Kind == EventKind.Ended).ShouldBe(1);
    }
}
