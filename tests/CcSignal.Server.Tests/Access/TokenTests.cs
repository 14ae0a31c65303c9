using System.Net;
using System.Net.Http.Headers;
using CcSignal.Contracts;

namespace CcSignal.Server.Tests.Access;

public sealed class TokenTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = 15_000)]
    [InlineData(RunningServer.Administrator, "admin")]
    [InlineData(RunningServer.User, "user")]
    public async Task A_known_token_opens_the_hub_under_its_holders_name(string token, string name)
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server, token);
        await socket.InvokeAsync(nameof(ProbeHub.Who), "1");
        (await socket.ReceiveMessageAsync())!.Value.GetProperty("result").GetString().ShouldBe(name);
    }

    [Theory(Timeout = 15_000)]
    [InlineData("Bearer an-administrator's-token-for-test")]
    [InlineData("Bearer an-administrator's-token-for-tests2")]
    [InlineData("Bearer AN-ADMINISTRATOR'S-TOKEN-FOR-TESTS")]
    [InlineData("Bearer ")]
    [InlineData("Bearer")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("an-administrator's-token-for-tests")]
    [InlineData("Bearer an-administrator's-token-for-tests, Bearer the-token-of-a-user-for-tests")]
    public async Task Anything_else_in_the_header_is_refused(string header)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/tickets");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using var answer = await client.SendAsync(request, Cancelled);
        await answer.ShouldBeErrorAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized);
        answer.Headers.WwwAuthenticate.ShouldBe([new AuthenticationHeaderValue("Bearer")]);
    }

    [Fact(Timeout = 15_000)]
    public async Task A_token_in_a_URL_is_refused_although_it_is_valid_and_the_header_has_it_too()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(RunningServer.Administrator);
        var query = $"access_token={Uri.EscapeDataString(RunningServer.Administrator)}";
        using var answer = await client.PostAsync($"/tickets?{query}", null, Cancelled);
        (await answer.ShouldBeErrorAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized)).ShouldContain("URL");

        using var bare = new HubSocket();
        (await bare.ConnectAsync(server, query)).ShouldBe(HttpStatusCode.Unauthorized);
        using var both = new HubSocket();
        (await both.ConnectAsync(server, query, ("Authorization", $"Bearer {RunningServer.Administrator}"))).ShouldBe(HttpStatusCode.Unauthorized);
    }
}
