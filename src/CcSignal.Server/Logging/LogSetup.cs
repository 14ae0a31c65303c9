using CcSignal.Execution;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace CcSignal.Server.Logging;

/// <summary>Sets Serilog up from the configuration's section <c>Serilog</c>.</summary>
internal static class LogSetup
{
    // Rules, not preferences: these sources write query strings and arguments of calls, which hold tickets and secrets, or tell a second time
    // what the edge tells itself. No configuration brings them back.
    private static readonly string[] Silenced =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics",
        "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher",
        "Microsoft.AspNetCore.SignalR.HubConnectionHandler",
        "Microsoft.AspNetCore.SignalR.HubConnectionContext",
        "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.Extensions.Hosting.Internal.Host",
    ];

    public static void AddLogs(this WebApplicationBuilder builder)
    {
        PlaceFiles(builder.Configuration);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<ILoggerProvider>(_ => new Serilog.Extensions.Logging.SerilogLoggerProvider(Create(builder.Configuration), dispose: true));
    }

    /// <summary>What Serilog cannot make of its section.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration)
    {
        try
        {
            Create(configuration).Dispose();
            return [];
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or IOException)
        {
            return [$"Serilog: {exception.Message}"];
        }
    }

    private static Logger Create(IConfiguration configuration) => new LoggerConfiguration()
        .ReadFrom.Configuration(configuration)
        .Filter.ByExcluding(IsSilenced)
        .CreateLogger();

    private static bool IsSilenced(LogEvent logEvent) =>
        logEvent.Properties.TryGetValue(Constants.SourceContextPropertyName, out var value)
        && value is ScalarValue { Value: string source }
        && Array.Exists(Silenced, silenced => source.StartsWith(silenced, StringComparison.Ordinal));

    // A relative path of a file is one in the data directory.
    private static void PlaceFiles(ConfigurationManager configuration)
    {
        var data = (configuration.GetSection(DataDirectoryOptions.Section).Get<DataDirectoryOptions>() ?? new DataDirectoryOptions()).Resolve();
        foreach (var sink in configuration.GetSection("Serilog:WriteTo").GetChildren())
        {
            if (sink["Args:path"] is { Length: > 0 } path)
            {
                sink["Args:path"] = Path.Combine(data, path);
            }
        }
    }
}
