using System.Security.Cryptography;
using CcSignal.Client.Tests.Scripted;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Client.Tests.Streaming;

public sealed class FollowingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(WireFormat.MessagePack)]
    [InlineData(WireFormat.Json)]
    public async Task Bytes_arrive_as_they_were_written(WireFormat format)
    {
        await using var server = await ScriptedServer.StartAsync();
        var chunks = Enumerable.Range(0, 200).Select(i => Bytes(i, i % 3 == 0 ? Limits.MaxOutputChunkBytes : (i * 331) + 1)).ToArray();
        server.Script.Stream = (_, _, _) => Events([Script.Snapshot(), .. Script.Outputs(chunks), Script.Ended(3)]);
        await using var client = await server.ConnectAsync(format);

        var events = await client.FollowAsync("x", null, Token).ToListAsync(Token);

        events[0].Kind.ShouldBe(EventKind.Snapshot);
        events[^1].Info!.End!.ExitCode.ShouldBe(3);
        var output = events[1..^1];
        output.Select(item => item.Sequence).ShouldBe(Enumerable.Range(1, chunks.Length).Select(i => (long?)i));
        output.Select(item => Convert.ToHexString(SHA256.HashData(item.Data!.Value.Span))).ShouldBe(chunks.Select(chunk => Convert.ToHexString(SHA256.HashData(chunk))));
    }

    [Theory]
    [InlineData(WireFormat.MessagePack)]
    [InlineData(WireFormat.Json)]
    public async Task Leaving_the_loop_releases_the_servers_stream(WireFormat format)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script.Stream = (_, _, stop) => EventsThenWait([Script.Snapshot()], stop);
        await using var client = await server.ConnectAsync(format);

        await foreach (var item in client.FollowAsync("x", null, Token))
        {
            break;
        }

        await server.Script.Released.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task A_cancelled_token_ends_the_reading_with_that_token()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script.Stream = (_, _, stop) => EventsThenWait([Script.Snapshot()], stop);
        await using var client = await server.ConnectAsync();
        using var reading = new CancellationTokenSource();

        var ended = await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in client.FollowAsync("x", null, reading.Token))
            {
                await reading.CancelAsync();
            }
        });

        ended.CancellationToken.ShouldBe(reading.Token);
        await server.Script.Released.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task A_stream_that_stops_without_an_end_is_a_lost_one()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script.Stream = (_, _, _) => Events(Script.Snapshot(), Script.Output(1, [1]), Script.Output(7, [2], 1));
        await using var client = await server.ConnectAsync();
        var taken = new List<ExecutionEvent>();

        var lost = await Should.ThrowAsync<ConnectionLostException>(() => TakeAsync(client.FollowAsync("x", null, Token), taken));

        taken.Count.ShouldBe(3);
        lost.ExecutionId.ShouldBe("x");
        lost.LastSequence.ShouldBe(7);
        lost.Message.ShouldContain("follow it from sequence 8");
    }

    [Theory]
    [InlineData(WireFormat.MessagePack)]
    [InlineData(WireFormat.Json)]
    public async Task A_cut_connection_tells_the_last_sequence_the_caller_was_given(WireFormat format)
    {
        await using var server = await ScriptedServer.StartAsync();
        var given = new TaskCompletionSource();
        server.Script.Stream = (_, context, stop) => EventsThen([Script.Snapshot(), Script.Output(5, [1])], async () =>
        {
            await given.Task;
            context.Abort();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        });
        await using var client = await server.ConnectAsync(format);

        var lost = await Should.ThrowAsync<ConnectionLostException>(async () =>
        {
            await foreach (var item in client.FollowAsync("x", null, Token))
            {
                if (item.Kind == EventKind.Output)
                {
                    given.SetResult();
                }
            }
        });

        lost.LastSequence.ShouldBe(5);
    }

    [Fact]
    public async Task A_heartbeat_does_not_move_the_place_to_resume_from()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script.Stream = (_, _, _) => Events(
            Script.Snapshot(), Script.Output(2, [1]), new ExecutionEvent { Kind = EventKind.Heartbeat, Sequence = 90 });
        await using var client = await server.ConnectAsync();

        var lost = await Should.ThrowAsync<ConnectionLostException>(() => TakeAsync(client.FollowAsync("x", null, Token), []));

        lost.LastSequence.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_in_a_stream_carries_its_code_and_sentence()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script.Stream = (_, _, _) => throw new Microsoft.AspNetCore.SignalR.HubException("[not_found] There is no execution 'x'.");
        await using var client = await server.ConnectAsync();

        var refused = await Should.ThrowAsync<CallRefusedException>(() => TakeAsync(client.FollowAsync("x", null, Token), []));

        refused.Code.ShouldBe(ErrorCodes.NotFound);
        refused.Message.ShouldBe("There is no execution 'x'.");
    }

    [Fact]
    public async Task A_caller_who_sleeps_holds_back_the_acknowledgements()
    {
        await using var server = await ScriptedServer.StartAsync();
        var chunk = new byte[1024];
        server.Script.Stream = (_, _, _) => Events([Script.Snapshot(), .. Script.Outputs(Enumerable.Repeat(chunk, 16)), Script.Ended()]);
        await using var client = await server.ConnectAsync(windowBytes: 16 * chunk.Length);
        var acknowledgedAtNine = -1;

        await foreach (var item in client.FollowAsync("x", null, Token))
        {
            if (item.Sequence == 9)
            {
                // Whatever else has arrived: eight were taken, so two quarters are acknowledged, and the calls before this one are answered.
                await Should.ThrowAsync<CcSignalException>(() => client.GetAsync("x", Token));
                acknowledgedAtNine = server.Script.Acknowledged.Count;
            }
        }

        acknowledgedAtNine.ShouldBe(2);
        await Should.ThrowAsync<CcSignalException>(() => client.GetAsync("x", Token));
        server.Script.Acknowledged.ShouldBe([("s1", 4), ("s1", 8), ("s1", 12), ("s1", 16)]);
        server.Script.Options.Single().WindowBytes.ShouldBe(16 * chunk.Length);
    }

    /// <summary>A piece of 4,096 bytes after one of 100 fits the smallest window only when those 100 are acknowledged: both sides once waited for ever.</summary>
    [Theory]
    [InlineData(4096)]
    [InlineData(4200)]
    public async Task The_smallest_window_always_has_room_for_the_longest_piece(int windowBytes)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script.Stream = (_, _, stop) => Events(
            [Script.Snapshot(), Script.Output(1, new byte[100]), Script.Output(2, new byte[100], 100)],
            () => Eventually.Holds(() => server.Script.Acknowledged.Contains(("s1", 2)), cancellationToken: stop),
            [Script.Output(3, new byte[4096], 200), Script.Ended()]);
        await using var client = await server.ConnectAsync(windowBytes: windowBytes);
        var taken = new List<ExecutionEvent>();

        await TakeAsync(client.FollowAsync("x", null, Token), taken);

        taken.Where(item => item.Kind == EventKind.Output).Sum(item => item.Data!.Value.Length).ShouldBe(4296);
    }

    [Fact]
    public async Task Running_again_in_the_same_enumerable_starts_the_same_execution()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script.Stream = (_, _, _) => Events(Script.Snapshot(), Script.Ended());
        await using var client = await server.ConnectAsync();
        var run = client.RunAsync(new ExecutionRequest { Command = "true" }, null, Token);

        await TakeAsync(run, []);
        await TakeAsync(run, []);

        server.Script.Requests.Select(request => request.Id).Distinct().Count().ShouldBe(1);
        server.Script.Requests.First().Id.ShouldNotBeNullOrEmpty();
    }

    private static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static async Task TakeAsync(IAsyncEnumerable<ExecutionEvent> events, List<ExecutionEvent> taken)
    {
        await foreach (var item in events)
        {
            taken.Add(item);
        }
    }

    private static IAsyncEnumerable<ExecutionEvent> Events(params ExecutionEvent[] events) => EventsThen(events, () => Task.CompletedTask);

    private static IAsyncEnumerable<ExecutionEvent> EventsThenWait(ExecutionEvent[] events, CancellationToken stop) =>
        EventsThen(events, () => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));

    private static async IAsyncEnumerable<ExecutionEvent> Events(ExecutionEvent[] first, Func<Task> then, ExecutionEvent[] last)
    {
        await foreach (var item in EventsThen(first, then))
        {
            yield return item;
        }

        foreach (var item in last)
        {
            yield return item;
        }
    }

    private static async IAsyncEnumerable<ExecutionEvent> EventsThen(ExecutionEvent[] events, Func<Task> then)
    {
        foreach (var item in events)
        {
            yield return item;
        }

        await then();
    }
}
