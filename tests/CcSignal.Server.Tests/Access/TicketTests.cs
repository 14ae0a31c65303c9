using System.Net;
using System.Net.Http.Json;
using CcSignal.Contracts;
using CcSignal.Server.Access;
using CcSignal.Server.Endpoints;

namespace CcSignal.Server.Tests.Access;

public sealed class TicketTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 15_000)]
    public async Task A_ticket_opens_the_hub_once_under_its_holders_name()
    {
        await using var server = await RunningServer.StartAsync();
        var ticket = await IssueAsync(server, RunningServer.User);
        using var first = new HubSocket();
        (await first.ConnectAsync(server, $"access_token={ticket}")).ShouldBe(HttpStatusCode.SwitchingProtocols);
        await first.ShakeHandsAsync();
        await first.InvokeAsync(nameof(ProbeHub.Who), "1");
        (await first.ReceiveMessageAsync())!.Value.GetProperty("result").GetString().ShouldBe("user");

        using var second = new HubSocket();
        (await second.ConnectAsync(server, $"access_token={ticket}")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory(Timeout = 15_000)]
    [InlineData(29, HttpStatusCode.SwitchingProtocols)]
    [InlineData(30, HttpStatusCode.Unauthorized)]
    public async Task A_ticket_lives_for_thirty_seconds(int seconds, HttpStatusCode expected)
    {
        await using var server = await RunningServer.StartAsync();
        var ticket = await IssueAsync(server, RunningServer.User);
        server.Time.Advance(TimeSpan.FromSeconds(seconds));
        using var socket = new HubSocket();
        (await socket.ConnectAsync(server, $"access_token={ticket}")).ShouldBe(expected);
    }

    [Fact(Timeout = 15_000)]
    public async Task A_ticket_opens_nothing_but_a_WebSocket_of_the_hub_and_is_not_used_up_by_the_attempt()
    {
        await using var server = await RunningServer.StartAsync();
        var ticket = await IssueAsync(server, RunningServer.User);
        using var client = server.Client();
        using var negotiate = await client.PostAsync($"{RunningServer.Probe}/negotiate?negotiateVersion=1&access_token={ticket}", null, Cancelled);
        await negotiate.ShouldBeErrorAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized);
        using var plain = await client.GetAsync($"{RunningServer.Probe}?access_token={ticket}", Cancelled);
        await plain.ShouldBeErrorAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized);
        using var other = await client.PostAsync($"/tickets?access_token={ticket}", null, Cancelled);
        await other.ShouldBeErrorAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized);
        using var bearer = server.Client(ticket);
        using var header = await bearer.PostAsync("/tickets", null, Cancelled);
        await header.ShouldBeErrorAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized);

        using var socket = new HubSocket();
        (await socket.ConnectAsync(server, $"access_token={ticket}")).ShouldBe(HttpStatusCode.SwitchingProtocols);
    }

    [Fact]
    public async Task Of_many_who_use_a_ticket_at_once_one_gets_in()
    {
        var tickets = new Tickets(TimeProvider.System);
        for (var round = 0; round < 100; round++)
        {
            var ticket = tickets.Issue(new Execution.Caller("user", Administrator: false));
            var redeemed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => tickets.Redeem(ticket), Cancelled)));
            redeemed.Count(caller => caller is not null).ShouldBe(1);
        }
    }

    [Fact(Timeout = 15_000)]
    public async Task A_caller_holds_a_bounded_number_of_tickets_and_hinders_no_other()
    {
        await using var server = await RunningServer.StartAsync();
        for (var i = 0; i < Tickets.MaxPerCaller; i++)
        {
            await IssueAsync(server, RunningServer.User);
        }

        using var client = server.Client(RunningServer.User);
        using var answer = await client.PostAsync("/tickets", null, Cancelled);
        await answer.ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, ErrorCodes.Unavailable);
        await IssueAsync(server, RunningServer.Administrator);
        server.Time.Advance(Tickets.Lifetime);
        await IssueAsync(server, RunningServer.User);
    }

    private static async Task<string> IssueAsync(RunningServer server, string token)
    {
        using var client = server.Client(token);
        using var answer = await client.PostAsync("/tickets", null, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var ticket = await answer.Content.ReadFromJsonAsync<TicketAnswer>(Cancelled);
        ticket!.ExpiresInSeconds.ShouldBe(30);
        return ticket.Ticket;
    }
}
