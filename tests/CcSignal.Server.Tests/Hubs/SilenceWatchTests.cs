using CcSignal.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.Server.Tests.Hubs;

public sealed class SilenceWatchTests
{
    /// <summary>SignalR alone kept such a client for ever: its clock starts at the first ping. (Still open after 130 s, October 2026.)</summary>
    [Fact(Timeout = 30_000)]
    public async Task A_client_that_never_pings_is_closed_after_thirty_seconds()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);
        await BeSilentAsync(server);
        (await socket.ReceiveMessageAsync())!.Value.GetProperty("type").GetInt32().ShouldBe(7);
        (await socket.ReceiveMessageAsync()).ShouldBeNull();
        server.LogText.ShouldContain("was silent for 30 seconds");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_silent_client_that_does_not_read_either_is_cut_off()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);
        await socket.StreamAsync(nameof(ProbeHub.Flood), "1");
        await socket.ReceiveMessageAsync();
        var ended = server.App.Services.GetRequiredService<ProbeEnds>().Flood.Task;
        await BeSilentAsync(server);
        server.Time.Advance(TimeSpan.FromSeconds(5));
        await ended.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 30_000)]
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

    // The handshake is answered before the server waits for more: a step that comes before that wait does not count.
    private static async Task BeSilentAsync(RunningServer server)
    {
        while (!server.LogText.Contains("was silent for 30 seconds"))
        {
            server.Time.Advance(TimeSpan.FromSeconds(Defaults.SilenceTimeoutSeconds));
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
