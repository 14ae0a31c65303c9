using CcSignal.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CcSignal.Client.Tests.Scripted;

/// <summary>A real Kestrel on port 0 with a scripted hub.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedServer(WebApplication app) => _app = app;

    public Script Script => _app.Services.GetRequiredService<Script>();

    public Uri Url => new(_app.Urls.Single());

    /// <summary>Starts it; <paramref name="door"/> sees each request before the hub and may answer it.</summary>
    public static async Task<ScriptedServer> StartAsync(RequestDelegate? door = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<Script>();
        builder.Services.AddSignalR()
            .AddJsonProtocol(json => WireJson.Configure(json.PayloadSerializerOptions))
            .AddCcSignalMessagePackProtocol();
        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            if (door is not null)
            {
                await door(context);
            }

            if (context.Response.StatusCode == StatusCodes.Status200OK)
            {
                await next(context);
            }
        });
        app.MapHub<ScriptedHub>(Defaults.HubPath);
        await app.StartAsync();
        return new ScriptedServer(app);
    }

    /// <summary>Connects a client that does not reconnect unless told to.</summary>
    public Task<CcSignalClient> ConnectAsync(
        WireFormat format = WireFormat.MessagePack, long windowBytes = 1 << 20, ReconnectPolicy? reconnect = null, Uri? through = null) =>
        CcSignalClient.ConnectAsync(
            new CcSignalClientOptions { Url = through ?? Url, Token = "t", Format = format, WindowBytes = windowBytes, Reconnect = reconnect ?? ReconnectPolicy.Never },
            TestContext.Current.CancellationToken);

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
