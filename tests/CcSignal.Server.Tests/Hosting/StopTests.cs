using System.Net.WebSockets;
using System.Text;
using CcSignal.Contracts;
using CcSignal.Server.Hosting;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests.Hosting;

public sealed class StopTests
{
    private const string Token = "a-token-that-somebody-chose";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(Libc.SIGINT)]
    [InlineData(Libc.SIGTERM)]
    public async Task Asked_to_stop_the_server_ends_running_commands_and_their_followers_hear_how(int signal)
    {
        using var data = new TempDirectory();
        await using var server = Start(data);
        using var socket = await RunAsync(await server.ListeningAsync(), "on-term", "7");
        server.Signal(signal);
        var heard = await HearAsync(socket, "\"kind\":\"ended\"");
        heard.ShouldContain("\"cause\":\"serverStopped\"");
        heard.ShouldContain("\"exitCode\":7");
        (await server.EndAsync()).ShouldBe(ExitCode.Stopped);
        server.Printed.ShouldContain("Stopping 1 running executions.");
        server.Printed.ShouldMatch("Execution the-one ended: ServerStopped, exit code 7");
        server.Printed.ShouldContain("Stopped.");
    }

    [Fact(Timeout = 120_000)]
    public async Task Asked_a_second_time_the_server_has_no_more_patience_with_its_commands()
    {
        using var data = new TempDirectory();
        await using var server = Start(data, "--CcSignal:Profiles:default:StopGraceSeconds", "600");
        using var socket = await RunAsync(await server.ListeningAsync(), "ignore-term");
        server.Signal(Libc.SIGINT);
        await Eventually.Holds(() => server.Printed.Contains("Stopping 1 running executions."), cancellationToken: Cancelled);

        // A repeat within half a second counts as the same request: terminals and shells signal a process and its group.
        await Task.Delay(TimeSpan.FromSeconds(0.6), TimeProvider.System, Cancelled);
        server.Signal(Libc.SIGINT);
        (await server.EndAsync()).ShouldBe(ExitCode.Stopped);
        server.Printed.ShouldMatch("Execution the-one ended: ServerStopped, exit code .*, signal SIGKILL");
    }

    private static ServerExecutable Start(TempDirectory data, params string[] arguments) => ServerExecutable.Start(
        data.Path, new Dictionary<string, string> { [Defaults.TokenVariable] = Token }, ["--urls", "http://127.0.0.1:0", .. arguments]);

    private static async Task<ClientWebSocket> RunAsync(Uri url, params string[] arguments)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {Token}");
        await socket.ConnectAsync(new UriBuilder(new Uri(url, "/hub")) { Scheme = "ws" }.Uri, Cancelled);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        var list = string.Join(',', arguments.Select(argument => $"\"{argument}\""));
        await SendAsync(socket, $$"""{"type":4,"invocationId":"1","target":"Run","arguments":[{"id":"the-one","command":"{{Child.Path}}","arguments":[{{list}}]},null]}""");
        await HearAsync(socket, "\"kind\":\"output\"");
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, Cancelled);

    private static async Task<string> HearAsync(ClientWebSocket socket, string expected)
    {
        var heard = new StringBuilder();
        var buffer = new byte[64 * 1024];
        while (!heard.ToString().Contains(expected))
        {
            var result = await socket.ReceiveAsync(buffer, Cancelled);
            result.MessageType.ShouldNotBe(WebSocketMessageType.Close, heard.ToString());
            heard.Append(Encoding.UTF8.GetString(buffer, 0, result.Count));
        }

        return heard.ToString();
    }
}
