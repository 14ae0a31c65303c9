using CcSignal.Execution;
using CcSignal.Keeper.Wire;

namespace CcSignal.Server.Hosting;

/// <summary>Registers what the server has as a process: its directory, and how it is asked to stop.</summary>
internal static class ProcessLife
{
    // Time for running commands to be stopped one grace after another. Whoever cannot wait asks a second time.
    private static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(5);

    /// <summary>The socket to the keeper, if there is one.</summary>
    public static void AddKeeper(this WebApplicationBuilder builder, KeeperSocket? keeper)
    {
        if (keeper is not null)
        {
            builder.Services.AddSingleton(keeper);
        }
    }

    public static void AddProcessLife(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<DataDirectoryOptions>(builder.Configuration.GetSection(DataDirectoryOptions.Section));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopPatience);
        builder.Services.AddSingleton<DataDirectory>();
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
    }
}
