using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace CcSignal.Load;

/// <summary>What a reader must know of the machine to judge a figure.</summary>
internal static class Machine
{
    public static string Version =>
        typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static bool IsOptimized =>
        typeof(Machine).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled != true;

    public static IEnumerable<string> Facts()
    {
        yield return $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB of memory";
        yield return $"{RuntimeInformation.FrameworkDescription}, {(IsOptimized ? "Release" : "Debug: these figures say nothing")}";
        yield return $"CcSignal {Version}; server, client and commands on this machine";
        yield return $"data in {Path.GetTempPath()} ({FileSystemOf(Path.GetTempPath())})";
        yield return $"load average at the end {LoadAverage()}";
        yield return $"measured {TimeProvider.System.GetLocalNow():yyyy-MM-ddTHH:mm:sszzz}";
    }

    public static string FileSystemOf(string path) =>
        DriveInfo.GetDrives().Where(drive => path.StartsWith(drive.Name, StringComparison.Ordinal)).MaxBy(drive => drive.Name.Length)?.DriveFormat ?? "of a kind that is not told";

    public static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "not told";
}
