using CcSignal.Contracts;

namespace CcSignal.Server.Tests.Hubs;

public sealed class CallFilterTests
{
    private const string NotFound = "[not_found] There is no execution 'x'.";

    [Fact(Timeout = 15_000)]
    public async Task A_refusal_reaches_the_client_with_its_code_and_is_no_fault_in_the_log()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);
        await socket.InvokeAsync(nameof(ProbeHub.Refuse), "1");
        (await socket.ReceiveCompletionAsync())!.ShouldEndWith(NotFound);
        await socket.StreamAsync(nameof(ProbeHub.RefuseStream), "2");
        (await socket.ReceiveCompletionAsync())!.ShouldEndWith(NotFound);
        await socket.StreamAsync(nameof(ProbeHub.RefuseFirst), "3");
        (await socket.ReceiveCompletionAsync())!.ShouldEndWith(NotFound);
        server.LogText.ShouldNotContain("not_found");
        server.LogText.ShouldNotContain("[ERR]");
    }

    [Fact(Timeout = 15_000)]
    public async Task A_fault_of_ours_is_logged_once_without_arguments_and_told_without_detail()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);
        await socket.InvokeAsync(nameof(ProbeHub.Fail), "1", "a-secret-argument");
        var error = await socket.ReceiveCompletionAsync();
        error!.ShouldContain("[unavailable]");
        error!.ShouldNotContain("fire");
        var log = server.LogText;
        log.Split("The disk is on fire.").Length.ShouldBe(2);
        log.ShouldContain($"{nameof(ProbeHub.Fail)} failed on connection");
        log.ShouldNotContain("a-secret-argument");
    }

    [Fact(Timeout = 15_000)]
    public async Task A_stream_that_fails_later_is_logged_once_and_told_without_detail()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);
        await socket.StreamAsync(nameof(ProbeHub.FailLater), "1");
        (await socket.ReceiveMessageAsync())!.Value.GetProperty("type").GetInt32().ShouldBe(2);
        (await socket.ReceiveCompletionAsync())!.ShouldContain("[unavailable]");
        server.LogText.Split("The disk is on fire.").Length.ShouldBe(2);
    }

    [Fact(Timeout = 15_000)]
    public async Task A_cancelled_stream_ends_quietly()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);
        await socket.StreamAsync(nameof(ProbeHub.Wait), "1");
        await socket.ReceiveMessageAsync();
        await socket.CancelAsync("1");
        (await socket.ReceiveCompletionAsync()).ShouldBeNull();
        server.LogText.ShouldNotContain("[ERR]");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_connection_has_64_streams_and_a_place_is_free_again_when_one_ends_however_it_ends()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await HubSocket.OpenAsync(server);
        foreach (var ending in (string[])[nameof(ProbeHub.None), nameof(ProbeHub.RefuseStream), nameof(ProbeHub.RefuseFirst), nameof(ProbeHub.FailLater)])
        {
            for (var i = 0; i < 2 * Limits.MaxStreamsPerConnection; i++)
            {
                await socket.StreamAsync(ending, $"{ending}{i}");
                while ((await socket.ReceiveMessageAsync())!.Value.GetProperty("type").GetInt32() != 3)
                {
                    // Until it has ended.
                }
            }
        }

        for (var i = 0; i < Limits.MaxStreamsPerConnection; i++)
        {
            await socket.StreamAsync(nameof(ProbeHub.Wait), $"{i}");
            (await socket.ReceiveMessageAsync())!.Value.GetProperty("type").GetInt32().ShouldBe(2);
        }

        await socket.StreamAsync(nameof(ProbeHub.Wait), "one more");
        (await socket.ReceiveCompletionAsync())!.ShouldContain("[too_many_streams]");
        await socket.InvokeAsync(nameof(ProbeHub.Who), "an invocation");
        (await socket.ReceiveCompletionAsync()).ShouldBeNull();

        await socket.CancelAsync("0");
        (await socket.ReceiveCompletionAsync()).ShouldBeNull();
        await socket.StreamAsync(nameof(ProbeHub.Wait), "in its place");
        (await socket.ReceiveMessageAsync())!.Value.GetProperty("type").GetInt32().ShouldBe(2);
    }

    [Fact(Timeout = 15_000)]
    public async Task The_streams_of_one_connection_do_not_count_on_another()
    {
        await using var server = await RunningServer.StartAsync();
        using var first = await HubSocket.OpenAsync(server);
        using var second = await HubSocket.OpenAsync(server);
        for (var i = 0; i < Limits.MaxStreamsPerConnection; i++)
        {
            await first.StreamAsync(nameof(ProbeHub.Wait), $"{i}");
            await first.ReceiveMessageAsync();
        }

        await second.StreamAsync(nameof(ProbeHub.Wait), "1");
        (await second.ReceiveMessageAsync())!.Value.GetProperty("type").GetInt32().ShouldBe(2);
    }
}
