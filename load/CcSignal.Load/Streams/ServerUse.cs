using System.Globalization;

namespace CcSignal.Load.Streams;

/// <summary>What a server process has used so far (proc_pid_stat(5), proc_pid_status(5)).</summary>
/// <param name="CpuTime">Processor time, in user and kernel mode.</param>
/// <param name="ResidentBytes">Memory it has now.</param>
/// <param name="PeakBytes">The most it ever had.</param>
internal readonly record struct ServerUse(TimeSpan CpuTime, long ResidentBytes, long PeakBytes)
{
    private const int TicksPerSecond = 100; // USER_HZ, the same on every Linux that runs this
    private const int UserTime = 11; // counted behind the name in parentheses
    private const int KernelTime = 12;

    public static ServerUse Of(int processId)
    {
        var line = File.ReadAllText($"/proc/{processId}/stat");
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = Number(fields[UserTime]) + Number(fields[KernelTime]);
        return new ServerUse(TimeSpan.FromSeconds((double)ticks / TicksPerSecond), Memory(processId, "VmRSS:"), Memory(processId, "VmHWM:"));
    }

    private static long Memory(int processId, string name)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return Number(line[name.Length..].Replace("kB", "", StringComparison.Ordinal)) * 1024;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
