using CcSignal.Contracts;
using CcSignal.Execution;
using CcSignal.Server.Access;
using CcSignal.Server.Answers;
using CcSignal.Server.Endpoints;
using CcSignal.Server.Hosting;
using CcSignal.Server.Hubs;
using CcSignal.Server.Logging;

namespace CcSignal.Server;

/// <summary>The server put together, in the order in which a request meets it. Tests start the same one on port 0.</summary>
internal static class ServerApplication
{
    /// <summary>A server that is configured, checked and holds its data directory, and does not listen yet.</summary>
    /// <param name="args">The command line: configuration keys.</param>
    /// <param name="configure">Has the last word on services and configuration.</param>
    /// <exception cref="StartRefusedException">Something is wrong with what was asked for; everything that is, is told at once.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        Refuse(CommandLine.Faults(args));
        var builder = CreateBuilder(args);
        configure?.Invoke(builder);
        var addresses = ListenAddress.Of(builder.Configuration, Defaults.Url);
        builder.AddLogs();
        builder.AddKestrel(addresses);
        builder.AddProcessLife();
        builder.Services.AddAccess();
        builder.Services.AddAnswers();
        builder.Services.AddHealth();
        builder.Services.AddExecution(builder.Configuration);
        builder.Services.AddHub();
        Refuse(
        [
            .. Exposure.Faults(addresses, builder.Configuration),
            .. ConfigurationFaults.Collect(builder.Services, builder.Configuration),
            .. LogSetup.Faults(builder.Configuration),
        ]);

        var app = builder.Build();
        try
        {
            Claim(app);
            Map(app);
            return app;
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    private static WebApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            return WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        }
        catch (InvalidDataException exception)
        {
            throw StartRefusedException.Of([$"{exception.Message} {exception.InnerException?.Message}"]);
        }
    }

    private static void Map(WebApplication app)
    {
        app.UseMiddleware<RequestLog>();
        app.UseErrorAnswers();
        app.UseMiddleware<Door>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseWebSockets();
        app.UseMiddleware<HubCapacity>();

        app.MapHealth();
        app.MapLogin();
        app.MapRecordings();
        app.MapExecutionHub<ExecutionHub>();
    }

    // What must be this server's own before it does anything: its directory, then what lies in it.
    private static void Claim(WebApplication app)
    {
        var data = app.Services.GetRequiredService<DataDirectory>();
        app.Services.GetRequiredService<KnownTokens>();
        StartWarnings.Tell(app.Logger, Environment.Version, data);
    }

    private static void Refuse(IEnumerable<string> faults)
    {
        if (faults.ToList() is { Count: > 0 } all)
        {
            throw StartRefusedException.Of(all);
        }
    }
}
