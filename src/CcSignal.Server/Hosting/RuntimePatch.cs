namespace CcSignal.Server.Hosting;

/// <summary>Warns of a .NET runtime whose SignalR has known holes. The server cannot update it; its operator can.</summary>
internal static partial class RuntimePatch
{
    // CVE-2026-70159 (SignalR, denial of service) is fixed in 10.0.13 of October 2026.
    private static readonly Version Needed = new(10, 0, 13);

    public static void Check(ILogger logger, Version? running = null)
    {
        running ??= Environment.Version;
        if (running < Needed)
        {
            Log.Outdated(logger, running, Needed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Warning, "The .NET runtime {Running} has known holes in SignalR (CVE-2026-70159, denial of service). Update it to {Needed} or later.")]
        public static partial void Outdated(ILogger logger, Version running, Version needed);
    }
}
