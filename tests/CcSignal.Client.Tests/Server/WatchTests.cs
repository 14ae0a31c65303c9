using CcSignal.Contracts;
using CcSignal.Load.Faults;
using CcSignal.TestKit;

namespace CcSignal.Client.Tests.Server;

/// <summary>Watching the executions of a real server.</summary>
public sealed class WatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(WireFormat.MessagePack)]
    [InlineData(WireFormat.Json)]
    public async Task Watching_tells_what_there_is_and_what_happens(WireFormat format)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(format, Token);
        var before = (await client.StartAsync(new ExecutionRequest { Command = Child.Path, Arguments = ["sleep", "600"] }, Token)).Id;
        var states = new List<(string Id, ExecutionState State)>();
        string? after = null;

        await foreach (var execution in client.WatchAsync(null, Token))
        {
            states.Add((execution.Id, execution.State));
            if (execution.Id == after && execution.State == ExecutionState.Ended)
            {
                break;
            }

            after ??= (await client.StartAsync(new ExecutionRequest { Command = Child.Path, Arguments = ["exit", "0"] }, Token)).Id;
        }

        states[0].Id.ShouldBe(before);
        states[^1].ShouldBe((after!, ExecutionState.Ended));
        // The stream was left, the connection lives on.
        (await client.CancelAsync(before, null, Token)).Id.ShouldBe(before);
    }

    [Fact]
    public async Task Watching_ends_with_its_token()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Token);
        await client.RunToEndAsync(Child.Path, ["exit", "0"], Token);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.WatchAsync(null, enough.Token))
            {
                await enough.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task Watching_says_when_the_server_has_gone_for_good()
    {
        var server = await TestServer.StartAsync();
        await using var client = await CcSignalClient.ConnectAsync(
            new() { Url = server.Url, Token = TestServer.Token, Reconnect = ReconnectPolicy.Never }, Token);
        await client.RunToEndAsync(Child.Path, ["exit", "0"], Token);

        await Should.ThrowAsync<ConnectionLostException>(async () =>
        {
            await foreach (var _ in client.WatchAsync(null, Token))
            {
                await server.DisposeAsync();
            }
        });
    }

    [Fact]
    public async Task Watching_goes_on_over_a_cut_with_what_there_is()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        await using var client = await CcSignalClient.ConnectAsync(new() { Url = proxy.Url, Token = TestServer.Token }, Token);
        await using var other = await server.ConnectAsync(cancellationToken: Token);
        await other.StartAsync(new ExecutionRequest { Id = "before", Command = Child.Path, Arguments = ["sleep", "600"] }, Token);
        var ended = false;

        await foreach (var execution in client.WatchAsync(null, Token))
        {
            if (proxy.Accepted == 1)
            {
                proxy.Cut(CutKind.Reset);
                await other.CancelAsync("before", null, Token);
            }

            ended = execution is { Id: "before", State: ExecutionState.Ended };
            if (ended)
            {
                break;
            }
        }

        ended.ShouldBeTrue();
        proxy.Accepted.ShouldBe(2);
    }

    [Fact]
    public async Task All_that_ended_during_an_interruption_is_told()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        await using var client = await CcSignalClient.ConnectAsync(new() { Url = proxy.Url, Token = TestServer.Token }, Token);
        await using var other = await server.ConnectAsync(cancellationToken: Token);
        await other.StartAsync(new ExecutionRequest { Id = "old", Command = Child.Path, Arguments = ["sleep", "600"] }, Token);
        await other.StartAsync(new ExecutionRequest { Id = "lives", Command = Child.Path, Arguments = ["sleep", "600"] }, Token);
        var (watched, ended) = (new HashSet<string>(), new HashSet<string>());

        // More end meanwhile than the server tells at first, and the oldest of all is among them.
        await foreach (var execution in client.WatchAsync(new() { Limit = 1 }, Token))
        {
            watched.Add(execution.Id);
            if (proxy.Accepted == 1 && watched.Count == 2)
            {
                proxy.Door = Door.Refuses;
                proxy.Cut(CutKind.Reset);
                await other.CancelAsync("old", null, Token);
                foreach (var id in new[] { "one", "two", "three" })
                {
                    await other.RunAsync(new ExecutionRequest { Id = id, Command = Child.Path, Arguments = ["exit", "0"] }, cancellationToken: Token).LastAsync(Token);
                }

                await other.FollowAsync("old", cancellationToken: Token).LastAsync(Token);
                proxy.Door = Door.Open;
            }

            if (execution.State == ExecutionState.Ended)
            {
                ended.Add(execution.Id);
            }

            if (ended.Count == 4)
            {
                break;
            }
        }

        ended.ShouldBe(["old", "one", "two", "three"], ignoreOrder: true);
        await other.CancelAsync("lives", null, Token);
    }

    [Fact]
    public async Task A_wrong_query_is_refused_by_its_code()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Token);

        var refused = await Should.ThrowAsync<CallRefusedException>(async () => await client.WatchAsync(new() { Tag = "=x" }, Token).GetAsyncEnumerator(Token).MoveNextAsync());

        refused.Code.ShouldBe(ErrorCodes.InvalidRequest);
    }
}
