using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using CcSignal.Contracts;
using CcSignal.Server.Access;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Logging;

public sealed class SecretsTests
{
    private const string Token = "canary-token-of-the-environment";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>At the most talkative level, so that no configuration brings out more than what is looked at here.</summary>
    [Fact(Timeout = 120_000)]
    public async Task No_secret_reaches_the_log_or_the_console_at_any_level()
    {
        using var data = new TempDirectory();
        var environment = new Dictionary<string, string>
        {
            [Defaults.TokenVariable] = Token,
            ["CcSignal__Access__Tokens__user__Sha256"] = Convert.ToHexString(Secret.Hash("canary-token-of-a-user")),
            ["SOME_SECRET"] = "canary-environment",
            ["ConnectionStrings__Main"] = "canary-configuration",
            ["Serilog__MinimumLevel__Default"] = "Verbose",
            ["Serilog__MinimumLevel__Override__Microsoft"] = "Verbose",
            ["Serilog__MinimumLevel__Override__System"] = "Verbose",
            ["Serilog__MinimumLevel__Override__CcSignal.Server.Access.AccessHandler"] = "Verbose",
        };
        await using var server = ServerExecutable.Start(data.Path, environment, "--urls", "http://127.0.0.1:0");
        var url = await server.ListeningAsync();
        await UseAsync(url);
        server.Signal(Libc.SIGTERM);
        await server.EndAsync();

        var logs = string.Concat(Directory.GetFiles(data["logs"]).Select(File.ReadAllText));
        foreach (var seen in (string[])[logs, server.Printed])
        {
            seen.ShouldContain("[VRB]");
            seen.ShouldContain("POST /login → 401");
            seen.ShouldContain("GET /hub → 101");
            seen.ShouldNotContain("canary", Case.Insensitive);
            seen.ShouldNotContain(environment["CcSignal__Access__Tokens__user__Sha256"], Case.Insensitive);
        }
    }

    private static async Task UseAsync(Uri url)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = url };
        (HttpMethod Method, string Path, string? Authorization, string? Cookie, object? Body)[] requests =
        [
            (HttpMethod.Post, "/tickets", "Bearer canary-wrong-token", null, null),
            (HttpMethod.Post, "/tickets", "Basic canary-basic", null, null),
            (HttpMethod.Post, "/tickets?access_token=canary-url-token", null, null, null),
            (HttpMethod.Get, "/executions/x/output?stream=canary-query", $"Bearer {Token}", null, null),
            (HttpMethod.Get, "/nothing?secret=canary-other-query", null, null, null),
            (HttpMethod.Get, "/hub?access_token=canary-plain-hub", null, null, null),
            (HttpMethod.Post, "/hub/negotiate?access_token=canary-negotiate", null, null, null),
            (HttpMethod.Get, "/nothing", null, $"ccsignal-{url.Port}=canary-cookie", null),
            (HttpMethod.Post, "/login", null, null, new { token = "canary-login-token" }),
            (HttpMethod.Post, "/login", null, null, new { ticket = "canary-login-ticket" }),
            (HttpMethod.Post, "/login", null, null, new { token = 1, canary = "canary-wrong-type" }),
            (HttpMethod.Post, "/login", null, null, new { token = Token }),
        ];
        foreach (var (method, path, authorization, cookie, body) in requests)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
            if (cookie is not null)
            {
                request.Headers.Add("Cookie", cookie);
            }

            using var answer = await client.SendAsync(request, Cancelled);
        }

        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {Token}");
        await socket.ConnectAsync(new UriBuilder(new Uri(url, "/hub?canary=canary-hub-query")) { Scheme = "ws" }.Uri, Cancelled);
        string[] messages =
        [
            """{"protocol":"json","version":1}""",
            $$$"""{"type":4,"invocationId":"1","target":"Run","arguments":[{"command":"{{{Child.Path}}}","arguments":["echo","canary-output"],"environment":{"SECRET":"canary-command-environment"}},null]}""",
            """{"type":1,"invocationId":"2","target":"Get","arguments":["canary-id"]}""",
            """{"type":1,"invocationId":"3","target":"canary-method","arguments":["canary-argument"]}""",
            """{"type":1,"invocationId":"4","target":"Start","arguments":["canary-wrong-type"]}""",
        ];
        foreach (var message in messages)
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, Cancelled);
        }

        var received = new StringBuilder();
        var buffer = new byte[64 * 1024];
        while (!received.ToString().Contains("\"invocationId\":\"4\"") || !received.ToString().Contains("\"kind\":\"ended\""))
        {
            var result = await socket.ReceiveAsync(buffer, Cancelled);
            received.Append(Encoding.UTF8.GetString(buffer, 0, result.Count));
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);
    }
}
