using System.Net;
using System.Net.Sockets;
using CcSignal.Client.Tests.Scripted;
using CcSignal.Contracts;
using Microsoft.AspNetCore.Http;

namespace CcSignal.Client.Tests.Connecting;

public sealed class ConnectingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401, ConnectFailure.Unauthorized)]
    [InlineData(403, ConnectFailure.Forbidden)]
    [InlineData(502, ConnectFailure.Unavailable)]
    [InlineData(503, ConnectFailure.Unavailable)]
    [InlineData(404, ConnectFailure.NotCcSignal)]
    [InlineData(400, ConnectFailure.NotCcSignal)]
    public async Task An_answer_other_than_a_hubs_says_why(int status, ConnectFailure reason)
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var failed = await Should.ThrowAsync<ConnectFailedException>(() => server.ConnectAsync());

        failed.Reason.ShouldBe(reason);
        failed.Url.ShouldBe(server.Url);
    }

    [Fact]
    public async Task Nothing_at_the_address_is_unreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var failed = await Should.ThrowAsync<ConnectFailedException>(() =>
            CcSignalClient.ConnectAsync(new() { Url = new Uri($"http://127.0.0.1:{port}") }, Token));

        failed.Reason.ShouldBe(ConnectFailure.Unreachable);
    }

    [Fact]
    public async Task Silence_at_the_address_is_unreachable_after_the_timeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var failed = await Should.ThrowAsync<ConnectFailedException>(() => CcSignalClient.ConnectAsync(
            new() { Url = new Uri($"http://{silent.LocalEndpoint}"), ConnectTimeout = TimeSpan.FromMilliseconds(200) }, Token));

        failed.Reason.ShouldBe(ConnectFailure.Unreachable);
    }

    [Fact]
    public async Task A_caller_who_gives_up_connecting_gets_his_token_back()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var given = new CancellationTokenSource();
        var connecting = CcSignalClient.ConnectAsync(new() { Url = new Uri($"http://{silent.LocalEndpoint}") }, given.Token);
        using var accepted = await silent.AcceptTcpClientAsync(Token);

        await given.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(() => connecting)).CancellationToken.ShouldBe(given.Token);
    }

    [Fact]
    public async Task The_token_travels_in_a_header_and_never_in_the_address()
    {
        var seen = new TaskCompletionSource<(string Authorization, string Address)>();
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            seen.TrySetResult((context.Request.Headers.Authorization.ToString(), context.Request.Path + context.Request.QueryString));
            return Task.CompletedTask;
        });

        await using var client = await server.ConnectAsync();

        (await seen.Task).ShouldBe(("Bearer t", Defaults.HubPath));
    }

    [Fact]
    public async Task Disposing_the_client_closes_the_connection_in_good_order()
    {
        var closed = new TaskCompletionSource<int>();
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.OnCompleted(() =>
            {
                closed.TrySetResult(context.Response.StatusCode);
                return Task.CompletedTask;
            });
            context.RequestAborted.Register(() => closed.TrySetResult(-1));
            return Task.CompletedTask;
        });
        var client = await server.ConnectAsync();

        await client.DisposeAsync();

        (await closed.Task.WaitAsync(Token)).ShouldBe(StatusCodes.Status101SwitchingProtocols);
    }
}
