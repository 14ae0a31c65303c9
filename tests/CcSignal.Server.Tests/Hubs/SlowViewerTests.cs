using System.Diagnostics;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.Server.Tests.Hubs;

public sealed class SlowViewerTests
{
    private const string Ping = """{"type":6}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>SignalR's own patience is 10 s: a viewer that looked away for longer was thrown out.</summary>
    [Fact(Timeout = 60_000)]
    public async Task A_viewer_that_does_not_read_for_twelve_seconds_keeps_its_stream()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);
        await socket.StreamAsync(nameof(ProbeHub.Flood), "1");
        var ended = server.App.Services.GetRequiredService<ProbeEnds>().Flood.Task;
        for (var second = 0; second < 12; second++)
        {
            await socket.SendAsync(Ping);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancelled);
        }

        ended.IsCompleted.ShouldBeFalse();
        for (var i = 0; i < 100; i++)
        {
            (await socket.ReceiveMessageAsync())!.Value.GetProperty("type").GetInt32().ShouldBe(2);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_viewer_that_never_reads_is_let_go_after_the_configured_time_although_it_pings()
    {
        await using var server = await RunningServer.StartAsync(("CcSignal:Connections:SendTimeoutSeconds", "5"));
        using var socket = await HubSocket.OpenAsync(server);
        var started = Stopwatch.GetTimestamp();
        await socket.StreamAsync(nameof(ProbeHub.Flood), "1");
        var ended = server.App.Services.GetRequiredService<ProbeEnds>().Flood.Task;
        using var pinging = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!ended.IsCompleted)
        {
            try
            {
                await socket.SendAsync(Ping);
            }
            catch (WebSocketException)
            {
                break; // cut off while it pinged
            }

            await Task.WhenAny(ended, pinging.WaitForNextTickAsync(Cancelled).AsTask());
        }

        await ended.WaitAsync(Cancelled);
        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromSeconds(5));
    }
}
