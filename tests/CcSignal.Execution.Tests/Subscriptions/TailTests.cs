using CcSignal.Contracts;
using CcSignal.Execution.Subscriptions;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Subscriptions;

/// <summary>In tail mode a reader who falls behind skips to now, and is told to the byte what was left out.</summary>
public sealed class TailTests
{
    private static readonly FollowOptions TailMode = new() { Mode = FollowMode.Tail };

    [Fact]
    public async Task Of_a_long_recording_the_last_bytes_come_behind_one_gap()
    {
        await using var engine = await Engine.StartAsync();
        var info = (await engine.RunAsync("flood", "3000000")).Last().Info!;

        var events = await engine.FollowToEndAsync(info.Id, TailMode);

        var gap = events.Single(item => item.Kind == EventKind.Gap);
        var output = events.Where(item => item.Kind == EventKind.Output).ToList();
        (gap.Stream, gap.Offset).ShouldBe((OutputStream.Stdout, 0));
        (3_000_000 - gap.Bytes!.Value).ShouldBeInRange(Tail.Kept - Limits.MaxPieceBytes + 1, Tail.Kept);
        events.IndexOf(gap).ShouldBeLessThan(events.IndexOf(output[0]));
        output.Sum(item => item.Data!.Value.Length).ShouldBe((int)(3_000_000 - gap.Bytes.Value));
        output[^1].Data!.Value.ToArray().ShouldBe(Child.Bytes(3_000_000).AsSpan()[^output[^1].Data!.Value.Length..].ToArray());
        events[^1].Kind.ShouldBe(EventKind.Ended);
        (await engine.FollowToEndAsync(info.Id, new FollowOptions { FromSequence = gap.Sequence!.Value + 1 }))
            .First(item => item.Kind == EventKind.Output).Offset.ShouldBe(gap.Bytes);
    }

    [Theory]
    [InlineData(Tail.Reach, false)]
    [InlineData(Tail.Reach + 1, true)]
    public async Task Who_is_no_further_behind_than_the_reach_gets_everything(int bytes, bool skips)
    {
        await using var engine = await Engine.StartAsync();
        var info = (await engine.RunAsync("flood", $"{bytes}")).Last().Info!;

        var events = await engine.FollowToEndAsync(info.Id, TailMode);

        events.Any(item => item.Kind == EventKind.Gap).ShouldBe(skips);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Each_stream_has_its_own_gap_and_no_byte_is_unaccounted_for(int fromSequence)
    {
        await using var engine = await Engine.StartAsync();
        var info = (await engine.RunAsync("both", "40000")).Last().Info!;
        var whole = await engine.FollowToEndAsync(info.Id, new FollowOptions { FromSequence = fromSequence });

        var events = await engine.FollowToEndAsync(info.Id, TailMode with { FromSequence = fromSequence });

        var gaps = events.Where(item => item.Kind == EventKind.Gap).ToList();
        gaps.Count.ShouldBe(2);
        gaps[0].Sequence.ShouldBe(fromSequence - 1, "who is cut off between the two must hear of both again");
        gaps[1].Sequence!.Value.ShouldBeGreaterThan(fromSequence);
        foreach (var stream in Enum.GetValues<OutputStream>())
        {
            var start = whole.First(item => item.Kind == EventKind.Output && item.Stream == stream).Offset!.Value;
            Account(events, stream, start).ShouldBe(stream == OutputStream.Stdout ? info.StdoutBytes : info.StderrBytes);
        }
    }

    [Fact]
    public async Task A_stream_with_nothing_left_out_has_no_gap()
    {
        await using var engine = await Engine.StartAsync();
        var info = (await engine.RunAsync(new ExecutionRequest { Command = "sh", Arguments = ["-c", "echo first >&2; head -c 600000 /dev/zero"] })).Last().Info!;

        var events = await engine.FollowToEndAsync(info.Id, TailMode with { FromSequence = 2 });

        events.Single(item => item.Kind == EventKind.Gap).Stream.ShouldBe(OutputStream.Stdout);
        info.StderrBytes.ShouldBe(6);
    }

    [Fact]
    public async Task Whoever_did_not_acknowledge_during_a_flood_goes_on_with_now()
    {
        await using var engine = await Engine.StartAsync();
        var cancellationToken = TestContext.Current.CancellationToken;
        var id = (await engine.Service.StartAsync(Engine.Request("flood", "20000000"), Engine.Admin)).Id;
        var subscription = await engine.Service.FollowAsync(id, TailMode with { WindowBytes = 65_536 }, Engine.Admin, cancellationToken);
        var events = new List<ExecutionEvent>();
        var ended = engine.FollowToEndAsync(id);

        await foreach (var item in subscription.EventsAsync(cancellationToken))
        {
            events.Add(item with { Data = item.Data?.ToArray() });
            if (item.Kind == EventKind.Output)
            {
                await ended;
                subscription.Window.Acknowledge(item.Sequence!.Value);
            }
        }

        Account(events, OutputStream.Stdout, 0).ShouldBe(20_000_000);
        events.ShouldContain(item => item.Kind == EventKind.Gap);
        events.Where(item => item.Kind == EventKind.Output).Sum(item => item.Data!.Value.Length).ShouldBeLessThan(4 * Tail.Reach);
    }

    [Fact]
    public async Task Whoever_keeps_up_gets_every_byte()
    {
        await using var engine = await Engine.StartAsync();
        var id = (await engine.Service.StartAsync(Engine.Request("lines", "100", "3"), Engine.Admin)).Id;

        var events = await engine.FollowToEndAsync(id, TailMode);

        events.ShouldNotContain(item => item.Kind == EventKind.Gap);
        events.Text().ShouldBe(string.Concat(Enumerable.Range(1, 100).Select(line => $"line {line}\n")));
    }

    // Every byte of the stream is in an output or in a gap, each once and in order; returns where it ends.
    private static long Account(IEnumerable<ExecutionEvent> events, OutputStream stream, long start)
    {
        var position = start;
        var sequence = -1L;
        foreach (var item in events.Where(item => item.Stream == stream))
        {
            item.Offset.ShouldBe(position);
            item.Sequence!.Value.ShouldBeGreaterThanOrEqualTo(sequence);
            position += item.Bytes ?? item.Data!.Value.Length;
            sequence = item.Sequence.Value;
        }

        return position;
    }
}
