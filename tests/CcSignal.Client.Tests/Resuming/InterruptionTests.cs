using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CcSignal.Client.Tests.Scripted;
using CcSignal.Contracts;
using CcSignal.Load.Faults;
using CcSignal.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;

namespace CcSignal.Client.Tests.Resuming;

/// <summary>What callers see of an interruption, against a server that plays its part.</summary>
public sealed class InterruptionTests
{
    private readonly TaskCompletionSource _outputTaken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(WireFormat.MessagePack)]
    [InlineData(WireFormat.Json)]
    public async Task A_cut_stream_goes_on_behind_the_last_byte_and_tells_nothing_twice(WireFormat format)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script.Stream = (options, context, stop) => options.FromSequence == 1
            ? CutAfterAsync([Script.Snapshot(), Script.Output(5, [1, 2])], context, stop)
            : new[] { Script.Snapshot(), Script.Output(6, [3], 2), Script.Ended() }.ToAsyncEnumerable();
        await using var client = await server.ConnectAsync(format, reconnect: Quick.Forever);

        var events = await TakeAsync(client.RunAsync(new ExecutionRequest { Command = "true" }, null, Token));

        events.Select(item => (item.Kind, item.Sequence)).ShouldBe(
            [(EventKind.Snapshot, null), (EventKind.Output, 5L), (EventKind.Output, 6L), (EventKind.Ended, null)]);
        server.Script.Options.Select(options => options.FromSequence).ShouldBe([1L, 6L]);
        server.Script.Requests.Count.ShouldBe(1, "what the server knows is followed, not started again");
    }

    [Fact]
    public async Task A_start_that_was_cut_before_its_answer_is_repeated_under_its_id()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script.Stream = (_, context, stop) => server.Script.Options.Count == 1
            ? CutAfterAsync([], context, stop)
            : new[] { Script.Snapshot(), Script.Ended() }.ToAsyncEnumerable();
        await using var client = await server.ConnectAsync(reconnect: Quick.Forever);

        (await client.RunAsync(new ExecutionRequest { Command = "true" }, null, Token).ToListAsync(Token)).Count.ShouldBe(2);

        server.Script.Requests.Select(request => request.Id).ShouldBe(Enumerable.Repeat(server.Script.Requests.First().Id, 2));
    }

    [Fact]
    public async Task The_caller_is_told_of_the_interruption_and_of_its_end()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        server.Script.Answer = Script.Info;
        await using var client = await server.ConnectAsync(reconnect: Quick.Forever, through: proxy.Url);
        var told = new ConcurrentQueue<ConnectionStateChangedEventArgs>();
        client.StateChanged += (_, change) => told.Enqueue(change);
        client.State.ShouldBe(ConnectionState.Connected);

        proxy.Door = Door.Refuses;
        proxy.Cut(CutKind.Reset);
        await Eventually.Holds(() => client.State == ConnectionState.Reconnecting, cancellationToken: Token);
        proxy.Door = Door.Open;
        await client.GetAsync("x", Token);
        await client.DisposeAsync();

        told.Select(change => change.State).ShouldBe([ConnectionState.Reconnecting, ConnectionState.Connected, ConnectionState.Closed]);
        told.First().Reason.ShouldNotBeNull();
        client.State.ShouldBe(ConnectionState.Closed);
    }

    [Fact]
    public async Task A_handler_that_throws_costs_nobody_the_connection()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        server.Script.Answer = Script.Info;
        await using var client = await server.ConnectAsync(reconnect: Quick.Forever, through: proxy.Url);
        client.StateChanged += (_, _) => throw new InvalidOperationException("The caller's own fault.");

        proxy.Cut(CutKind.Close);
        await Eventually.Holds(() => proxy.Accepted == 2, cancellationToken: Token);

        (await client.GetAsync("x", Token)).Id.ShouldBe("x");
    }

    [Fact]
    public async Task Calls_wait_for_the_connection_and_are_answered()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        server.Script.Answer = Script.Info;
        await using var client = await server.ConnectAsync(reconnect: Quick.Forever, through: proxy.Url);
        proxy.Door = Door.Refuses;
        proxy.Cut(CutKind.Reset);

        var asking = Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.GetAsync($"{i}", Token)));
        await Eventually.Holds(() => proxy.Accepted > 3, cancellationToken: Token);
        asking.IsCompleted.ShouldBeFalse();
        proxy.Door = Door.Open;

        (await asking).Select(info => info.Id).ShouldBe(Enumerable.Range(0, 20).Select(i => $"{i}"));
    }

    [Fact]
    public async Task A_call_that_waits_is_given_up_with_the_callers_token()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        await using var client = await server.ConnectAsync(reconnect: Quick.Forever, through: proxy.Url);
        proxy.Door = Door.Refuses;
        proxy.Cut(CutKind.Reset);
        using var given = new CancellationTokenSource();

        var asking = client.GetAsync("x", given.Token);
        await Eventually.Holds(() => proxy.Accepted > 2, cancellationToken: Token);
        await given.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(() => asking)).CancellationToken.ShouldBe(given.Token);
    }

    [Fact]
    public async Task A_bounded_policy_ends_streams_and_calls_with_what_was_last_given()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        server.Script.Stream = (_, _, stop) => ThenWaitAsync([Script.Snapshot(), Script.Output(7, [1])], stop);
        await using var client = await server.ConnectAsync(reconnect: Quick.Times(3), through: proxy.Url);

        var lost = await Should.ThrowAsync<ConnectionLostException>(async () =>
        {
            await foreach (var item in client.FollowAsync("x", null, Token))
            {
                if (item.Kind == EventKind.Output)
                {
                    proxy.Door = Door.Refuses;
                    proxy.Cut(CutKind.Reset);
                }
            }
        });

        (lost.ExecutionId, lost.LastSequence).ShouldBe(("x", 7));
        lost.Message.ShouldContain("follow it from sequence 8");
        proxy.Accepted.ShouldBe(1 + 3);
        client.State.ShouldBe(ConnectionState.Closed);
        await Should.ThrowAsync<ConnectionLostException>(() => client.GetAsync("x", Token));
    }

    [Fact]
    public async Task A_token_that_is_known_no_more_ends_the_trying_at_once()
    {
        var known = true;
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = known ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
        server.Script.Stream = (_, context, stop) => CutAfterAsync([Script.Snapshot(), Script.Output(3, [1])], context, stop);
        await using var client = await server.ConnectAsync(reconnect: Quick.Forever);
        known = false;

        var lost = await Should.ThrowAsync<ConnectionLostException>(() => TakeAsync(client.FollowAsync("x", null, Token)));

        lost.LastSequence.ShouldBe(3);
        lost.InnerException.ShouldBeOfType<ConnectFailedException>().Reason.ShouldBe(ConnectFailure.Unauthorized);
    }

    [Fact]
    public async Task A_server_that_takes_no_connection_now_is_asked_again()
    {
        var asked = 0;
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            // The first is let in, then come those whom a proxy or a starting server turns away.
            int[] answers = [200, 503, 502, 404, 500, 200];
            context.Response.StatusCode = answers[Math.Min(asked++, answers.Length - 1)];
            return Task.CompletedTask;
        });
        server.Script.Stream = (options, context, stop) => options.FromSequence == 1
            ? CutAfterAsync([Script.Snapshot(), Script.Output(3, [1])], context, stop)
            : new[] { Script.Snapshot(), Script.Ended() }.ToAsyncEnumerable();
        await using var client = await server.ConnectAsync(reconnect: Quick.Forever);

        (await TakeAsync(client.FollowAsync("x", null, Token)))[^1].Kind.ShouldBe(EventKind.Ended);

        asked.ShouldBe(6);
    }

    [Fact]
    public async Task A_server_that_drains_is_asked_again_and_any_other_refusal_is_final()
    {
        await using var server = await ScriptedServer.StartAsync();
        var asked = 0;
        server.Script.Answer = id => ++asked < 3 ? throw new HubException("[draining] The server is stopping and starts nothing new.") : Script.Info(id);
        await using var client = await server.ConnectAsync(reconnect: Quick.Forever);

        (await client.StartAsync(new ExecutionRequest { Id = "y", Command = "true" }, Token)).Id.ShouldBe("y");
        server.Script.Answer = _ => throw new HubException("[unavailable] The server cannot do this.");

        (await Should.ThrowAsync<CallRefusedException>(() => client.GetAsync("x", Token))).Code.ShouldBe(ErrorCodes.Unavailable);
    }

    [Fact]
    public async Task A_server_that_is_not_ready_yet_after_a_restart_is_asked_again()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        var asked = 0;
        server.Script.Answer = id => ++asked < 3 ? throw new HubException("[unavailable] The server is not ready: recovering.") : Script.Info(id);
        await using var client = await server.ConnectAsync(reconnect: Quick.Forever, through: proxy.Url);
        proxy.Cut(CutKind.Reset);
        await Eventually.Holds(() => proxy.Accepted == 2 && client.State == ConnectionState.Connected, cancellationToken: Token);

        (await client.GetAsync("x", Token)).Id.ShouldBe("x");
    }

    [Fact]
    public async Task A_signal_whose_answer_was_lost_is_not_sent_twice()
    {
        await using var server = await ScriptedServer.StartAsync();
        var sent = 0;
        server.Script.OnSignal = context =>
        {
            Interlocked.Increment(ref sent);
            context.Abort();
        };
        await using var client = await server.ConnectAsync(reconnect: Quick.Forever);

        await Should.ThrowAsync<ConnectionLostException>(() => client.SignalAsync("x", "SIGUSR1", Token));

        sent.ShouldBe(1);
    }

    [Fact]
    public async Task Disposing_the_client_ends_what_waits()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        server.Script.Stream = (_, _, stop) => ThenWaitAsync([Script.Snapshot()], stop);
        var client = await server.ConnectAsync(reconnect: Quick.Forever, through: proxy.Url);
        var following = client.FollowAsync("x", null, Token).ToListAsync(Token).AsTask();
        await Eventually.Holds(() => !server.Script.Options.IsEmpty, cancellationToken: Token);
        proxy.Door = Door.Refuses;
        proxy.Cut(CutKind.Reset);
        var asking = client.GetAsync("x", Token);

        await client.DisposeAsync();

        await Should.ThrowAsync<ConnectionLostException>(() => following);
        await Should.ThrowAsync<ConnectionLostException>(() => asking);
    }

    private async Task<List<ExecutionEvent>> TakeAsync(IAsyncEnumerable<ExecutionEvent> events)
    {
        var taken = new List<ExecutionEvent>();
        await foreach (var item in events)
        {
            taken.Add(item);
            if (item.Kind == EventKind.Output)
            {
                _outputTaken.TrySetResult();
            }
        }

        return taken;
    }

    private async IAsyncEnumerable<ExecutionEvent> CutAfterAsync(
        ExecutionEvent[] events, HubCallerContext context, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var item in events)
        {
            yield return item;
        }

        if (events is not [])
        {
            await _outputTaken.Task;
        }

        context.Abort();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
    }

    private static async IAsyncEnumerable<ExecutionEvent> ThenWaitAsync(
        ExecutionEvent[] events, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var item in events)
        {
            yield return item;
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
    }
}
