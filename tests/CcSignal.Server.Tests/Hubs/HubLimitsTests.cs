using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CcSignal.Contracts;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Hubs;

public sealed class HubLimitsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task A_message_of_256_KiB_is_taken_and_one_of_257_closes_the_connection()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);
        await socket.InvokeAsync(nameof(ProbeHub.Length), "1", new string('x', 255 * 1024));
        (await socket.ReceiveMessageAsync())!.Value.GetProperty("result").GetInt32().ShouldBe(255 * 1024);

        await socket.InvokeAsync(nameof(ProbeHub.Length), "2", new string('x', 257 * 1024));
        (await socket.ReceiveMessageAsync())!.Value.GetProperty("type").GetInt32().ShouldBe(7);
        (await socket.ReceiveMessageAsync()).ShouldBeNull();
        server.LogText.ShouldContain("was closed: The maximum message size");
        server.LogText.ShouldNotContain("[ERR]");
    }

    [Theory(Timeout = 30_000)]
    [InlineData(ProbeCalls.UnknownMethod)]
    [InlineData(ProbeCalls.WrongType)]
    [InlineData(ProbeCalls.TooFewArguments)]
    [InlineData(ProbeCalls.StreamCalledAsInvocation)]
    [InlineData(ProbeCalls.InvocationCalledAsStream)]
    public async Task A_call_that_SignalR_itself_refuses_is_answered_and_the_connection_lives_on(string call)
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);
        await socket.SendAsync(call);
        (await socket.ReceiveCompletionAsync()).ShouldNotBeNull();
        await socket.InvokeAsync(nameof(ProbeHub.Who), "2");
        (await socket.ReceiveCompletionAsync()).ShouldBeNull();
        server.LogText.ShouldNotContain("[ERR]");
    }

    [Theory(Timeout = 30_000)]
    [InlineData("no JSON")]
    [InlineData("""{"type":1,"invocationId":"1","target":""")]
    public async Task What_is_no_message_at_all_closes_the_connection(string text)
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);
        await socket.SendAsync(text);
        while (await socket.ReceiveMessageAsync() is { } message)
        {
            message.GetProperty("type").GetInt32().ShouldBe(7);
        }

        server.LogText.ShouldContain("was closed:");
        server.LogText.ShouldNotContain("[ERR]");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_connection_without_a_handshake_is_closed_after_five_seconds()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = new HubSocket();
        var started = Stopwatch.GetTimestamp();
        await socket.ConnectAsync(server, "", ("Authorization", $"Bearer {RunningServer.Administrator}"));
        (await socket.ReceiveAsync())!.Value.GetProperty("error").GetString().ShouldBe("Handshake was canceled.");
        (await socket.ReceiveAsync()).ShouldBeNull();
        Stopwatch.GetElapsedTime(started).ShouldBeInRange(TimeSpan.FromSeconds(4.5), TimeSpan.FromSeconds(12));
    }

    [Fact(Timeout = 15_000)]
    public async Task Negotiating_offers_WebSockets_only_and_its_connection_can_be_opened()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(RunningServer.User);
        using var answer = await client.PostAsync($"{RunningServer.Probe}/negotiate?negotiateVersion=1", null, Cancelled);
        var negotiated = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        negotiated.GetProperty("availableTransports").EnumerateArray().Single().GetProperty("transport").GetString().ShouldBe("WebSockets");
        var id = Uri.EscapeDataString(negotiated.GetProperty("connectionToken").GetString()!);

        using var polling = await client.GetAsync($"{RunningServer.Probe}?id={id}", Cancelled);
        polling.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var events = new HttpRequestMessage(HttpMethod.Get, $"{RunningServer.Probe}?id={id}") { Headers = { { "Accept", "text/event-stream" } } };
        using var sse = await client.SendAsync(events, Cancelled);
        sse.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var socket = new HubSocket();
        (await socket.ConnectAsync(server, $"id={id}", ("Authorization", $"Bearer {RunningServer.User}"))).ShouldBe(HttpStatusCode.SwitchingProtocols);
        await socket.ShakeHandsAsync();
    }

    [Fact(Timeout = 15_000)]
    public async Task One_hub_connection_more_than_allowed_is_refused_and_other_requests_are_not()
    {
        await using var server = await RunningServer.StartAsync(("CcSignal:Connections:MaxHubConnections", "1"));
        using var first = await HubSocket.OpenAsync(server);
        using var second = new HubSocket();
        (await second.ConnectAsync(server, "", ("Authorization", $"Bearer {RunningServer.Administrator}"))).ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var client = server.Client();
        using var health = await client.GetAsync("/healthz", Cancelled);
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Dispose();
        await Eventually.Holds(() => server.LogText.Contains("→ 101"), cancellationToken: Cancelled);
        using var third = await HubSocket.OpenAsync(server);
        server.LogText.ShouldNotContain("[ERR]");
    }

    [Fact(Timeout = 15_000)]
    public async Task One_connection_more_than_a_caller_may_have_is_refused_and_others_are_not_concerned()
    {
        await using var server = await RunningServer.StartAsync(("CcSignal:Connections:MaxHubConnectionsPerCaller", "2"));
        using var first = await HubSocket.OpenAsync(server);
        using var second = await HubSocket.OpenAsync(server);
        using var third = new HubSocket();
        (await third.ConnectAsync(server, "", ("Authorization", $"Bearer {RunningServer.Administrator}"))).ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var user = await HubSocket.OpenAsync(server, RunningServer.User);
        second.Dispose();
        await Eventually.Holds(() => server.LogText.Contains("→ 101"), cancellationToken: Cancelled);
        using var fourth = await HubSocket.OpenAsync(server);
        server.LogText.ShouldNotContain("[ERR]");
    }

    private static class ProbeCalls
    {
        public const string UnknownMethod = """{"type":1,"invocationId":"1","target":"Nothing","arguments":[]}""";
        public const string WrongType = """{"type":1,"invocationId":"1","target":"Length","arguments":[{"a":1}]}""";
        public const string TooFewArguments = """{"type":1,"invocationId":"1","target":"Length","arguments":[]}""";
        public const string StreamCalledAsInvocation = """{"type":1,"invocationId":"1","target":"Wait","arguments":[]}""";
        public const string InvocationCalledAsStream = """{"type":4,"invocationId":"1","target":"Who","arguments":[]}""";
    }
}
