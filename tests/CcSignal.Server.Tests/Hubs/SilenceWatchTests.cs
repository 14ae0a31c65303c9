using CcSignal.Contracts;

namespace CcSignal.Server.Tests.Hubs;

public sealed class SilenceWatchTests
{
    /// <summary>SignalR alone kept such a client for ever: its clock starts at the first ping. (Still open after 130 s, October 2026.)</summary>
    [Fact(Timeout = 15_000)]
    public async Task A_client_that_never_pings_is_closed_after_thirty_seconds()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);
        server.Time.Advance(TimeSpan.FromSeconds(Defaults.SilenceTimeoutSeconds));
        (await socket.ReceiveMessageAsync())!.Value.GetProperty("type").GetInt32().ShouldBe(7);
        (await socket.ReceiveMessageAsync()).ShouldBeNull();
        server.LogText.ShouldContain("was silent for 30 seconds");
    }

    [Fact(Timeout = 15_000)]
    public async Task A_client_that_says_anything_at_all_stays()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);
        for (var i = 0; i < 3; i++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(Defaults.SilenceTimeoutSeconds - 5));
            await socket.InvokeAsync(nameof(ProbeHub.Who), $"{i}");
            (await socket.ReceiveCompletionAsync()).ShouldBeNull();
        }
    }
}
