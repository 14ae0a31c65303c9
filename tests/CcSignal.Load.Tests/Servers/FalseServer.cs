using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CcSignal.Load.Tests.Servers;

/// <summary>Speaks the contract on a port of its own, in front of a real server, and lies in one way. Owns both.</summary>
internal sealed class FalseServer : IAsyncDisposable
{
    private readonly TestServer _real;
    private readonly CcSignalClient _client;
    private readonly WebApplication _application;

    private FalseServer(TestServer real, CcSignalClient client, WebApplication application) => (_real, _client, _application) = (real, client, application);

    public Uri Url => new(_application.Urls.Single());

    public static async Task<FalseServer> StartAsync(Lie lie)
    {
        var real = await TestServer.StartAsync(("CcSignal:Admission:MaxRunning", "200"));
        var client = await real.ConnectAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new Liar(lie, client));
        builder.Services.AddSignalR(options => options.MaximumParallelInvocationsPerClient = 64).AddCcSignalMessagePackProtocol();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.MapHub<FalseHub>(Defaults.HubPath);
        await application.StartAsync();
        return new FalseServer(real, client, application);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        await _client.DisposeAsync();
        await _real.DisposeAsync();
    }
}
