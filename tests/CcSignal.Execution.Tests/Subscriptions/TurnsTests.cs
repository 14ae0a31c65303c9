using CcSignal.Contracts;
using CcSignal.Execution.Subscriptions;

namespace CcSignal.Execution.Tests.Subscriptions;

/// <summary>Streams of one connection send one chunk in turn; whoever cannot send takes no turn.</summary>
public sealed class TurnsTests
{
    private const int Bytes = 1_000_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chunk_is_sent_when_those_before_it_are_and_the_line_keeps_its_order()
    {
        await using var engine = await Engine.StartAsync();
        var id = (await engine.RunAsync("flood", $"{Bytes}")).Last().Info!.Id;
        var turns = new Turns();
        using var leaves = new CancellationTokenSource();
        await using var first = await BeginAsync(engine, id, turns, cancellationToken: leaves.Token);
        await using var second = await BeginAsync(engine, id, turns, cancellationToken: leaves.Token);
        await using var third = await BeginAsync(engine, id, turns, cancellationToken: leaves.Token);
        (await first.MoveNextAsync()).ShouldBeTrue(); // it is being sent until it is asked for more
        var sending = first;
        var line = new Queue<(IAsyncEnumerator<ExecutionEvent> Stream, Task<bool> Sent)>([(second, MoveAsync(second)), (third, MoveAsync(third))]);

        for (var chunk = 0; chunk < 9; chunk++)
        {
            line.ShouldAllBe(waiting => !waiting.Sent.IsCompleted);
            line.Enqueue((sending, MoveAsync(sending)));
            (sending, var sent) = line.Dequeue();
            (await sent).ShouldBeTrue();
        }

        await LetGoAsync(leaves, [.. line.Select(waiting => waiting.Sent)]);
    }

    [Fact]
    public async Task A_stream_whose_window_is_full_holds_up_no_other_of_its_connection()
    {
        await using var engine = await Engine.StartAsync();
        var id = (await engine.RunAsync("flood", $"{Bytes}")).Last().Info!.Id;
        var turns = new Turns();
        using var leaves = new CancellationTokenSource();
        await using var full = await BeginAsync(engine, id, turns, new FollowOptions { WindowBytes = Limits.MaxPieceBytes }, leaves.Token);
        (await full.MoveNextAsync()).ShouldBeTrue();
        var waiting = MoveAsync(full);

        await using var other = await BeginAsync(engine, id, turns);
        var received = 0;
        while (await other.MoveNextAsync())
        {
            received += other.Current.Data?.Length ?? 0;
        }

        received.ShouldBe(Bytes);
        waiting.IsCompleted.ShouldBeFalse();
        await LetGoAsync(leaves, waiting);
    }

    [Fact]
    public async Task Whoever_is_let_go_in_the_line_leaves_it_to_those_behind()
    {
        await using var engine = await Engine.StartAsync();
        var id = (await engine.RunAsync("flood", $"{Bytes}")).Last().Info!.Id;
        var turns = new Turns();
        using var leaves = new CancellationTokenSource();
        await using var first = await BeginAsync(engine, id, turns);
        await using var second = await BeginAsync(engine, id, turns, cancellationToken: leaves.Token);
        await using var third = await BeginAsync(engine, id, turns);
        (await first.MoveNextAsync()).ShouldBeTrue();
        var (inLine, behind) = (MoveAsync(second), MoveAsync(third));

        await LetGoAsync(leaves, inLine);
        behind.IsCompleted.ShouldBeFalse();
        await first.DisposeAsync();

        (await behind).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_waits_long_for_a_turn_is_told_that_the_stream_lives_and_may_leave_then()
    {
        await using var engine = await Engine.StartAsync();
        var id = (await engine.RunAsync("flood", $"{Bytes}")).Last().Info!.Id;
        var turns = new Turns();
        await using var first = await BeginAsync(engine, id, turns);
        await using var leaver = await BeginAsync(engine, id, turns);
        await using var stayer = await BeginAsync(engine, id, turns);
        (await first.MoveNextAsync()).ShouldBeTrue();

        var heard = await Task.WhenAll(MoveAsync(leaver), MoveAsync(stayer));
        var alive = (leaver.Current, stayer.Current);
        await leaver.DisposeAsync();
        var sent = MoveAsync(stayer);
        await first.DisposeAsync();

        heard.ShouldAllBe(more => more);
        (alive.Item1.Kind, alive.Item2.Kind).ShouldBe((EventKind.Heartbeat, EventKind.Heartbeat));
        (await sent).ShouldBeTrue();
        stayer.Current.Kind.ShouldBe(EventKind.Output);
    }

    // Has told its snapshot; the next event is output.
    private static async Task<IAsyncEnumerator<ExecutionEvent>> BeginAsync(
        Engine engine, string id, Turns turns, FollowOptions? options = null, CancellationToken? cancellationToken = null)
    {
        var subscription = await engine.Service.FollowAsync(id, options, Engine.Admin, Cancelled);
        subscription.Turns = turns;
        var events = subscription.EventsAsync(cancellationToken ?? Cancelled).GetAsyncEnumerator(Cancelled);
        (await events.MoveNextAsync()).ShouldBeTrue();
        events.Current.Kind.ShouldBe(EventKind.Snapshot);
        return events;
    }

    private static Task<bool> MoveAsync(IAsyncEnumerator<ExecutionEvent> events) => events.MoveNextAsync().AsTask();

    private static async Task LetGoAsync(CancellationTokenSource leaves, params Task<bool>[] waiting)
    {
        await leaves.CancelAsync();
        foreach (var stream in waiting)
        {
            await Should.ThrowAsync<OperationCanceledException>(stream);
        }
    }
}
