using System.Net;
using CcSignal.Client.Connecting;
using CcSignal.Contracts;
using CcSignal.Load.Faults;
using CcSignal.TestKit;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.Client.Tests.Resuming;

/// <summary>A connection of the caller's: SignalR brings it back or nobody does.</summary>
public sealed class BroughtConnectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_SignalR_brings_back_is_gone_on_with()
    {
        const long bytes = 5_000_000;
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        await using var connection = Build(proxy, builder => builder.WithAutomaticReconnect([TimeSpan.Zero, TimeSpan.FromMilliseconds(50)]));
        await connection.StartAsync(Token);
        await using var client = new CcSignalClient(connection);
        using var sink = new Sha256Sink();

        var sha256 = await sink.ReadAsync(
            client.RunAsync(Request("flood", $"{bytes}"), null, Token),
            heard =>
            {
                if (heard > proxy.Accepted * 1_000_000)
                {
                    proxy.Cut(CutKind.Reset);
                }
            });

        sha256.ShouldBe(Child.Sha256(bytes));
        proxy.Accepted.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task What_nobody_brings_back_is_lost_until_the_caller_starts_it_again()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = FaultProxy.Start(server.Url);
        await using var connection = Build(proxy, _ => { });
        await connection.StartAsync(Token);
        await using var client = new CcSignalClient(connection);
        var last = 0L;

        var lost = await Should.ThrowAsync<ConnectionLostException>(async () =>
        {
            await foreach (var item in client.RunAsync(Request("lines", "0", "20") with { Id = "lines" }, null, Token))
            {
                if (item.Kind == EventKind.Output)
                {
                    last = item.Sequence!.Value;
                    proxy.Cut(CutKind.Reset);
                }
            }
        });

        lost.LastSequence.ShouldBe(last);
        client.State.ShouldBe(ConnectionState.Closed);
        await Should.ThrowAsync<ConnectionLostException>(() => client.GetAsync("lines", Token));

        await connection.StartAsync(Token);
        await client.CancelAsync("lines", null, Token);
        var rest = await client.FollowAsync("lines", new FollowOptions { FromSequence = last + 1 }, Token).ToListAsync(Token);
        rest[^1].Info!.End!.Cause.ShouldBe(EndCause.Cancelled);
        client.State.ShouldBe(ConnectionState.Connected);
    }

    private static HubConnection Build(FaultProxy proxy, Action<IHubConnectionBuilder> more)
    {
        var builder = new HubConnectionBuilder();
        var server = new ServerAddress { Url = proxy.Url, Token = TestServer.Token };
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(server.Url));
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(server, TransferFormat.Binary));
        builder.AddCcSignalMessagePackProtocol();
        more(builder);
        return builder.Build();
    }

    private static ExecutionRequest Request(params string[] words) => new() { Command = Child.Path, Arguments = words };
}
