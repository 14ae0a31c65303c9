using CcSignal.Execution.History;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes;

/// <summary>Tells a process from a later one with the same number, by the machine's boot and its start time (proc_pid_stat(5), field 22).</summary>
internal static class ProcessTable
{
    /// <summary>A number that no process has.</summary>
    public const int NoProcess = -1;

    private static readonly string ThisBoot = ReadThisBoot();

    /// <summary>The identity of a process that lives or waits to be reaped; without a start time where the system does not tell.</summary>
    public static ProcessIdentity Identify(int processId) => new(processId, ReadStartTicks(processId) ?? 0, ThisBoot);

    /// <summary>Whether this very process still exists.</summary>
    public static bool Has(ProcessIdentity process) =>
        process.BootId.Length > 0
        && process.BootId == ThisBoot
        && process.StartTicks != 0
        && ReadStartTicks(process.ProcessId) == process.StartTicks;

    /// <summary>Kills the group that this process leads, or at least the process; false where the system has no signals.</summary>
    public static bool Kill(ProcessIdentity process) =>
        OperatingSystem.IsLinux()
        && (Libc.kill(-process.ProcessId, SignalNames.SIGKILL) == 0 || Libc.kill(process.ProcessId, SignalNames.SIGKILL) == 0);

    private static long? ReadStartTicks(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            return ProcStat.Read(processId).StartTicks;
        }
        catch (IOException)
        {
            // The process is gone: its directory is missing, or vanished while it was read.
            return null;
        }
    }

    private static string ReadThisBoot() =>
        OperatingSystem.IsLinux() ? File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() : "";
}
