namespace CcSignal.Server.Hosting;

/// <summary>What the server starts with although it should not be so: only its operator can change it.</summary>
internal static partial class StartWarnings
{
    // CVE-2026-70159 (SignalR, denial of service) is fixed in 10.0.13 of October 2026.
    private static readonly Version NeededRuntime = new(10, 0, 13);

    public static void Tell(ILogger logger, Version runtime, DataDirectory data)
    {
        if (runtime < NeededRuntime)
        {
            Log.OutdatedRuntime(logger, runtime, NeededRuntime);
        }

        if (!data.IsPrivate)
        {
            Log.OpenDirectory(logger, data.Path);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Warning, "The .NET runtime {Running} has known holes in SignalR (CVE-2026-70159, denial of service). Update it to {Needed} or later.")]
        public static partial void OutdatedRuntime(ILogger logger, Version running, Version needed);

        [LoggerMessage(1006, LogLevel.Warning, "Others may look into the data directory {Path}, where output of commands is kept: chmod 700 it.")]
        public static partial void OpenDirectory(ILogger logger, string path);
    }
}
