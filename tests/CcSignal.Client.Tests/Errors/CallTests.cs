using System.Net;
using CcSignal.Client.Connecting;
using CcSignal.Client.Tests.Scripted;
using CcSignal.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.Client.Tests.Errors;

public sealed class CallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("An unexpected error occurred invoking 'Get' on the server. HubException: [not_found] There is no execution 'x'.", "not_found", "There is no execution 'x'.")]
    [InlineData("An error occurred on the server while streaming results. RefusedException: [queue_full] As many wait as may wait.", "queue_full", "As many wait as may wait.")]
    [InlineData("[invalid_request] 'arguments': at most [512] may be given,\nnot 513.", "invalid_request", "'arguments': at most [512] may be given,\nnot 513.")]
    public void A_code_is_found_in_the_hubs_sentence(string hub, string code, string sentence)
    {
        var refused = CallErrors.Read("Get", new HubException(hub)).ShouldBeOfType<CallRefusedException>();

        refused.Code.ShouldBe(code);
        refused.Message.ShouldBe(sentence);
    }

    [Theory]
    [InlineData("Failed to invoke 'Nothing' due to an error on the server. HubException: Method does not exist.")]
    [InlineData("An unexpected error occurred invoking 'Get' on the server.")]
    public void A_sentence_without_a_code_is_the_servers_failure(string hub) =>
        CallErrors.Read("Get", new HubException(hub)).ShouldBeOfType<ServerFailedException>().Method.ShouldBe("Get");

    [Fact]
    public async Task A_refused_call_carries_its_code_and_the_connection_lives_on()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script.Answer = id => id == "x" ? throw new HubException("[not_found] There is no execution 'x'.") : Script.Info(id);
        await using var client = await server.ConnectAsync();

        (await Should.ThrowAsync<CallRefusedException>(() => client.GetAsync("x", Token))).Code.ShouldBe(ErrorCodes.NotFound);

        (await client.GetAsync("y", Token)).Id.ShouldBe("y");
    }

    [Fact]
    public async Task A_call_after_the_server_has_gone_is_a_lost_connection()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await server.StopAsync();

        (await Should.ThrowAsync<ConnectionLostException>(() => client.GetAsync("x", Token))).ExecutionId.ShouldBe("x");
    }

    [Fact]
    public async Task A_call_given_up_ends_with_the_callers_token()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync();
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(() => client.GetAsync("x", given.Token))).CancellationToken.ShouldBe(given.Token);
    }

    [Fact]
    public async Task A_connection_built_by_the_caller_serves_and_stays_his()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script.Answer = id => Script.Info(id);
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(server.Url));
        builder.Services.AddSingleton<IConnectionFactory>(
            new WebSocketConnectionFactory(new ServerAddress { Url = server.Url }, TransferFormat.Binary));
        await using var connection = builder.AddCcSignalMessagePackProtocol().Build();
        await connection.StartAsync(Token);

        await using (var client = new CcSignalClient(connection))
        {
            (await client.GetAsync("x", Token)).Id.ShouldBe("x");
        }

        connection.State.ShouldBe(HubConnectionState.Connected);
    }

    [Fact]
    public async Task Starting_names_the_execution_before_it_is_sent()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script.Answer = id => Script.Info(id);
        await using var client = await server.ConnectAsync();

        var started = await client.StartAsync(new ExecutionRequest { Command = "true" }, Token);

        started.Id.ShouldBe(server.Script.Requests.Single().Id);
    }

    [Fact]
    public async Task All_pages_are_listed_also_past_an_empty_one()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Script.Answer = after => after switch
        {
            "" => new ExecutionPage([Script.Info("c"), Script.Info("b")], "1"),
            "1" => new ExecutionPage([], "2"),
            _ => new ExecutionPage([Script.Info("a")], null),
        };
        await using var client = await server.ConnectAsync();

        var listed = await client.ListAllAsync(null, Token).Select(item => item.Id).ToListAsync(Token);

        listed.ShouldBe(["c", "b", "a"]);
    }
}
