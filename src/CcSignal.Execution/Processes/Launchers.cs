using CcSignal.Execution.Processes.Linux;
using CcSignal.Execution.Processes.Portable;

namespace CcSignal.Execution.Processes;

/// <summary>Chooses the launcher of this machine.</summary>
internal static class Launchers
{
    /// <summary>The configured one.</summary>
    /// <exception cref="PlatformNotSupportedException">Linux's is demanded, and this system cannot.</exception>
    public static ILauncher Create(ProcessOptions options, TimeProvider time)
    {
        if (OperatingSystem.IsLinux() && LinuxLauncher.IsSupported && options.Launcher != "portable")
        {
            return new LinuxLauncher(time);
        }

        return options.Launcher == "linux"
            ? throw new PlatformNotSupportedException(
                $"{ProcessOptions.Section}:Launcher is 'linux', which needs Linux with glibc 2.34 or newer. Set it to 'auto' or 'portable'.")
            : new PortableLauncher();
    }
}
