using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;

namespace CcSignal.Server.Tests.Access;

public sealed class DoorTests
{
    private const string AllowedHost = "build.example.org";
    private const string AllowedOrigin = "https://tools.example.org";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Only_requests_for_this_server_from_its_own_or_allowed_pages_come_in_at_every_endpoint()
    {
        await using var server = await RunningServer.StartAsync(
            ("CcSignal:Access:AllowedHosts:0", AllowedHost), ("CcSignal:Access:AllowedOrigins:0", AllowedOrigin));
        using var client = server.Client(RunningServer.Administrator);
        var port = server.Url.Port;
        (string Host, bool Known)[] hosts =
        [
            ($"127.0.0.1:{port}", true), ($"localhost:{port}", true), ($"LOCALHOST:{port}", true), ($"[::1]:{port}", true), ("localhost", true),
            ($"{AllowedHost}:{port}", true),
            ($"evil.example:{port}", false), ($"127.0.0.1.evil.example:{port}", false), ($"localhost.evil.example:{port}", false),
            ($"localhost.:{port}", false), ($"not{AllowedHost}", false), ("8.8.8.8", false),
        ];
        var cells = 0;
        foreach (var (host, isKnown) in hosts)
        {
            (string? Origin, bool Welcome)[] origins =
            [
                (null, true), ($"http://{host}", true), (AllowedOrigin, true),
                ($"https://{host}", false), ($"http://{host.Split(":" + port)[0]}:{port + 1}", false), ("http://evil.example", false), ("null", false),
                ($"http://evil.example, http://{host}", false), ($"{AllowedOrigin}.evil.example", false), ("http://tools.example.org", false), ("", false),
                ($"http://{host}@evil.example", false), ($"http://{host}/path", false), ("file://", false),
            ];
            foreach (var (origin, isWelcome) in origins)
            {
                foreach (var (name, send, inside) in Endpoints(server, client))
                {
                    var expected = !isKnown ? HttpStatusCode.BadRequest : isWelcome ? inside : HttpStatusCode.Forbidden;
                    (await send(host, origin)).ShouldBe(expected, $"{name}, Host: {host}, Origin: {origin ?? "(none)"}");
                    cells++;
                }
            }
        }

        cells.ShouldBeGreaterThanOrEqualTo(60);
    }

    [Fact(Timeout = 15_000)]
    public async Task A_request_without_a_host_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Url.Port, Cancelled);
        await socket.GetStream().WriteAsync("GET /healthz HTTP/1.0\r\n\r\n"u8.ToArray(), Cancelled);
        using var reader = new StreamReader(socket.GetStream(), Encoding.ASCII);
        (await reader.ReadLineAsync(Cancelled)).ShouldBe("HTTP/1.1 400 Bad Request");
    }

    [Fact(Timeout = 15_000)]
    public async Task Every_answer_tells_browsers_that_it_is_data_and_not_a_page()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        using var malformed = new StringContent("{", Encoding.UTF8, "application/json");
        HttpResponseMessage[] answers =
        [
            await client.GetAsync("/healthz", Cancelled), await client.GetAsync("/nothing", Cancelled), await client.PostAsync("/login", malformed, Cancelled),
        ];
        foreach (var answer in answers)
        {
            using (answer)
            {
                answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
                answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; frame-ancestors 'none'; sandbox"]);
                answer.Headers.Contains("Server").ShouldBeFalse();
                answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
            }
        }
    }

    private static (string Name, Func<string, string?, Task<HttpStatusCode>> Send, HttpStatusCode Inside)[] Endpoints(RunningServer server, HttpClient client)
    {
        Func<string, string?, Task<HttpStatusCode>> Http(HttpMethod method, string path, object? body = null) => async (host, origin) =>
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.Host = host;
            if (origin is not null)
            {
                request.Headers.TryAddWithoutValidation("Origin", origin);
            }

            using var answer = await client.SendAsync(request, Cancelled);
            return answer.StatusCode;
        };

        async Task<HttpStatusCode> Upgrade(string host, string? origin)
        {
            using var socket = new HubSocket();
            var authorization = ("Authorization", $"Bearer {RunningServer.Administrator}");
            return await (origin is null
                ? socket.ConnectAsync(server, "", authorization, ("Host", host))
                : socket.ConnectAsync(server, "", authorization, ("Host", host), ("Origin", origin)));
        }

        return
        [
            ("health", Http(HttpMethod.Get, "/healthz"), HttpStatusCode.OK),
            ("login", Http(HttpMethod.Post, "/login", new { token = RunningServer.User }), HttpStatusCode.NoContent),
            ("nothing", Http(HttpMethod.Get, "/nothing"), HttpStatusCode.NotFound),
            ("preflight", Http(HttpMethod.Options, "/login"), HttpStatusCode.MethodNotAllowed),
            ("negotiate", Http(HttpMethod.Post, $"{RunningServer.Probe}/negotiate?negotiateVersion=1"), HttpStatusCode.OK),
            ("WebSocket", Upgrade, HttpStatusCode.SwitchingProtocols),
        ];
    }
}
