using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CcSignal.Contracts;
using CcSignal.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.Server.Tests.Endpoints;

public sealed class HealthTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 15_000)]
    public async Task A_started_server_is_alive_and_ready_and_says_so_to_anybody()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        (await client.GetFromJsonAsync<JsonElement>("/healthz", Cancelled)).GetProperty("status").GetString().ShouldBe("ok");
        (await client.GetFromJsonAsync<JsonElement>("/readyz", Cancelled)).GetProperty("status").GetString().ShouldBe("ready");
    }

    [Fact(Timeout = 15_000)]
    public async Task A_server_that_stops_is_alive_and_not_ready()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        server.App.Services.GetRequiredService<NodeState>().BeginDraining();
        using var ready = await client.GetAsync("/readyz", Cancelled);
        await ready.ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, ErrorCodes.Draining);
        using var alive = await client.GetAsync("/healthz", Cancelled);
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact(Timeout = 15_000)]
    public async Task A_server_that_cannot_write_is_not_ready_until_it_can()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        var obstacle = Directory.CreateDirectory(Path.Combine(server.Data, "writable"));
        using var before = await client.GetAsync("/readyz", Cancelled);
        (await before.ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, ErrorCodes.Unavailable)).ShouldContain("cannot be written");
        obstacle.Delete();
        server.Time.Advance(TimeSpan.FromSeconds(1));
        using var after = await client.GetAsync("/readyz", Cancelled);
        after.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
