using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes.Linux;
using CcSignal.Execution.Processes.Linux.Keeping;
using CcSignal.Execution.Processes.Linux.Native;
using CcSignal.Execution.Processes.Linux.Streams;
using CcSignal.Execution.Processes.Linux.Tree;
using CcSignal.Execution.Processes.Portable;
using CcSignal.Keeper.Wire;
using Microsoft.Extensions.Logging;

namespace CcSignal.Execution.Processes;

/// <summary>Chooses the launcher of this machine.</summary>
internal static class Launchers
{
    /// <summary>The configured one.</summary>
    /// <exception cref="PlatformNotSupportedException">Linux's is demanded, and this system cannot.</exception>
    /// <param name="options">Which one.</param>
    /// <param name="journal">Where recordings go.</param>
    /// <param name="dataDirectory">The server's own.</param>
    /// <param name="time">The clock.</param>
    /// <param name="keeper">This server's end of the socket to its keeper; null: it has none.</param>
    /// <param name="logger">Hears when the keeper is gone.</param>
    public static ILauncher Create(
        ProcessOptions options, JournalOptions journal, string dataDirectory, TimeProvider time, KeeperSocket? keeper, ILogger<KeeperLink> logger)
    {
        if (OperatingSystem.IsLinux() && LinuxLauncher.IsSupported && options.Launcher != "portable")
        {
            var groups = Groups(options, dataDirectory, keeper is null ? [Environment.ProcessId] : [Environment.ProcessId, Libc.getppid()]);
            return new LinuxLauncher(
                groups,
                options.ControlGroups == "none" ? null : new Controllers(groups, ProcessCookie.Salt(dataDirectory)),
                new DirectTerms(AppendOnly.WorksIn(dataDirectory), journal.MinFreeBytes),
                time,
                keeper is null ? null : new KeeperLink(keeper, Libc.getppid(), logger));
        }

        keeper?.Dispose();
        return options.Launcher == "linux"
            ? throw new PlatformNotSupportedException(
                $"{ProcessOptions.Section}:Launcher is 'linux', which needs Linux with glibc 2.34 or newer. Set it to 'auto' or 'portable'.")
            : new PortableLauncher();
    }

    private static ControlGroups? Groups(ProcessOptions options, string dataDirectory, int[] server) =>
        options.ControlGroups == "none" ? null
        : ControlGroups.Open(ProcessCookie.Salt(dataDirectory), server) is { } groups ? groups
        : options.ControlGroups == "auto" ? null
        : throw new PlatformNotSupportedException(
            $"{ProcessOptions.Section}:ControlGroups is 'v2', but the server may not make groups in the cgroup it was started in (Linux 5.14, version 2, "
            + "writable: under systemd Delegate=yes). Mend that, or set it to 'auto'.");
}
