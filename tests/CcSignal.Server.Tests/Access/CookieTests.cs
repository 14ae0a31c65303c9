using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CcSignal.Contracts;
using CcSignal.Server.Access;
using CcSignal.Server.Endpoints;

namespace CcSignal.Server.Tests.Access;

public sealed class CookieTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 15_000)]
    public async Task A_page_logs_in_with_a_token_and_its_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        using var answer = await client.PostAsJsonAsync("/login", new { token = RunningServer.User }, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var attributes = answer.Headers.GetValues("Set-Cookie").Single().Split("; ");
        attributes[0].ShouldStartWith($"ccsignal-{server.Url.Port}=");
        attributes[1..].ShouldBe(["path=/", "samesite=strict", "httponly"]);
    }

    [Fact(Timeout = 15_000)]
    public async Task A_page_logs_in_with_a_ticket_once()
    {
        await using var server = await RunningServer.StartAsync();
        using var holder = server.Client(RunningServer.User);
        using var issued = await holder.PostAsync("/tickets", null, Cancelled);
        var ticket = (await issued.Content.ReadFromJsonAsync<TicketAnswer>(Cancelled))!.Ticket;
        using var client = server.Client();
        using var first = await client.PostAsJsonAsync("/login", new { ticket }, Cancelled);
        first.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var second = await client.PostAsJsonAsync("/login", new { ticket }, Cancelled);
        await second.ShouldBeErrorAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized);
        second.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory(Timeout = 15_000)]
    [InlineData("""{ "token": "wrong" }""", "application/json", HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized)]
    [InlineData("""{ "token": "a", "ticket": "b" }""", "application/json", HttpStatusCode.BadRequest, ErrorCodes.InvalidRequest)]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest, ErrorCodes.InvalidRequest)]
    [InlineData("null", "application/json", HttpStatusCode.BadRequest, ErrorCodes.InvalidRequest)]
    [InlineData("{", "application/json", HttpStatusCode.BadRequest, ErrorCodes.InvalidRequest)]
    [InlineData("""{ "token": 1 }""", "application/json", HttpStatusCode.BadRequest, ErrorCodes.InvalidRequest)]
    [InlineData("token=x", "application/x-www-form-urlencoded", HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized)] // no endpoint takes a form
    public async Task A_wrong_login_is_refused_in_the_shape_of_all_errors(string body, string type, HttpStatusCode status, string code)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        using var content = new StringContent(body, null, type);
        using var answer = await client.PostAsync("/login", content, Cancelled);
        await answer.ShouldBeErrorAsync(status, code);
        server.LogText.ShouldNotContain("[ERR]");
    }

    [Fact(Timeout = 15_000)]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        using var answer = await client.PostAsJsonAsync("/login", new { token = new string('x', 65 * 1024) }, Cancelled);
        await answer.ShouldBeErrorAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCodes.InvalidRequest);
    }

    [Fact(Timeout = 15_000)]
    public async Task The_cookie_opens_the_hub_for_the_servers_own_page_only()
    {
        const string Foreign = "https://tools.example.org";
        await using var server = await RunningServer.StartAsync(("CcSignal:Access:AllowedOrigins:0", Foreign));
        var cookie = ("Cookie", await LoginAsync(server));
        var own = server.Url.GetLeftPart(UriPartial.Authority);
        (string? Origin, HttpStatusCode Expected)[] cases =
        [
            (own, HttpStatusCode.SwitchingProtocols),
            (null, HttpStatusCode.Unauthorized),
            (Foreign, HttpStatusCode.Unauthorized), // may call, with a token of its own
            ($"http://127.0.0.1:{server.Url.Port + 1}", HttpStatusCode.Forbidden),
            ("null", HttpStatusCode.Forbidden),
        ];
        foreach (var (origin, expected) in cases)
        {
            using var socket = new HubSocket();
            (await (origin is null ? socket.ConnectAsync(server, "", cookie) : socket.ConnectAsync(server, "", cookie, ("Origin", origin))))
                .ShouldBe(expected, $"Origin: {origin ?? "(none)"}");
        }
    }

    [Theory(Timeout = 15_000)]
    [InlineData("POST", "/tickets", null, null, HttpStatusCode.Unauthorized)]
    [InlineData("POST", "/tickets", "own", null, HttpStatusCode.OK)]
    [InlineData("GET", "/nothing", null, null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/nothing", null, "none", HttpStatusCode.NotFound)]
    [InlineData("GET", "/nothing", null, "same-origin", HttpStatusCode.NotFound)]
    [InlineData("GET", "/nothing", null, "same-site", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/nothing", null, "cross-site", HttpStatusCode.Unauthorized)]
    public async Task With_the_cookie_a_request_that_changes_something_must_name_its_page_and_a_download_must_not_be_foreign(
        string method, string path, string? origin, string? site, HttpStatusCode expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Cookie", await LoginAsync(server) } } };
        if (origin is not null)
        {
            request.Headers.Add("Origin", server.Url.GetLeftPart(UriPartial.Authority));
        }

        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        using var answer = await client.SendAsync(request, Cancelled);
        answer.StatusCode.ShouldBe(expected);
    }

    [Fact(Timeout = 15_000)]
    public async Task Logging_out_ends_the_session_and_closes_its_connections()
    {
        await using var server = await RunningServer.StartAsync();
        var cookie = await LoginAsync(server);
        var own = server.Url.GetLeftPart(UriPartial.Authority);
        using var socket = new HubSocket();
        await socket.ConnectAsync(server, "", ("Cookie", cookie), ("Origin", own));
        await socket.ShakeHandsAsync();
        await socket.InvokeAsync(nameof(ProbeHub.Who), "1");
        (await socket.ReceiveMessageAsync())!.Value.GetProperty("result").GetString().ShouldBe("user");

        using var client = server.Client();
        using var logout = new HttpRequestMessage(HttpMethod.Post, "/logout") { Headers = { { "Cookie", cookie }, { "Origin", own } } };
        using var answer = await client.SendAsync(logout, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Set-Cookie").Single().ShouldContain("expires=Thu, 01 Jan 1970");

        while (await socket.ReceiveMessageAsync() is not null)
        {
            // Until the connection has ended.
        }

        using var again = new HubSocket();
        (await again.ConnectAsync(server, "", ("Cookie", cookie), ("Origin", own))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact(Timeout = 15_000)]
    public async Task A_session_ends_by_itself()
    {
        await using var server = await RunningServer.StartAsync();
        var headers = new[] { ("Cookie", await LoginAsync(server)), ("Origin", server.Url.GetLeftPart(UriPartial.Authority)) };
        server.Time.Advance(Sessions.Lifetime);
        using var socket = new HubSocket();
        (await socket.ConnectAsync(server, "", headers)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_sessions_connections_end_with_it()
    {
        await using var server = await RunningServer.StartAsync();
        server.Time.Advance(TimeSpan.FromSeconds(8) - Sessions.Lifetime); // ends in eight seconds of the machine's time, which SignalR goes by
        var cookie = await LoginAsync(server);
        using var socket = new HubSocket();
        (await socket.ConnectAsync(server, "", ("Cookie", cookie), ("Origin", server.Url.GetLeftPart(UriPartial.Authority)))).ShouldBe(HttpStatusCode.SwitchingProtocols);
        await socket.ShakeHandsAsync();
        while (await socket.ReceiveAsync() is not null)
        {
            // Until it has ended.
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Over_an_encrypted_connection_the_cookie_is_bound_to_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await using var server = await RunningServer.StartAsync(certificate);
        server.Url.Scheme.ShouldBe("https");
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString() },
        })
        {
            BaseAddress = server.Url,
        };
        using var answer = await client.PostAsJsonAsync("/login", new { token = RunningServer.User }, Cancelled);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single().Split("; ");
        cookie[0].ShouldStartWith($"__Host-ccsignal-{server.Url.Port}=");
        cookie[1..].ShouldBe(["path=/", "secure", "samesite=strict", "httponly"]);
    }

    [Fact]
    public void A_caller_holds_a_bounded_number_of_sessions_and_the_oldest_goes_first()
    {
        var time = new ManualTime();
        var sessions = new Sessions(time);
        var caller = new Execution.Caller("user", Administrator: false);
        var other = sessions.Start(caller with { Name = "other" });
        var ids = Enumerable.Range(0, Sessions.MaxPerCaller + 1).Select(_ =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return sessions.Start(caller);
        }).ToList();
        sessions.Find(ids[0]).ShouldBeNull();
        ids[1..].ShouldAllBe(id => sessions.Find(id) != null);
        sessions.Find(other).ShouldNotBeNull();
    }

    private static async Task<string> LoginAsync(RunningServer server)
    {
        using var client = server.Client();
        using var answer = await client.PostAsJsonAsync("/login", new { token = RunningServer.User }, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }
}
