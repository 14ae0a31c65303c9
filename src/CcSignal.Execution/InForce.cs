using CcSignal.Contracts;
using CcSignal.Execution.Processes;

namespace CcSignal.Execution;

/// <summary>What is in force on this machine, as clients and the log are told.</summary>
internal static class InForce
{
    // Kept by this program itself, on every machine.
    private static readonly string[] Clocks = ["timeoutSeconds", "idleTimeoutSeconds", "queueTimeoutSeconds", "maxOutputBytes", "stopGraceSeconds"];

    /// <summary>What this launcher gives.</summary>
    public static ServerFeatures On(ILauncher launcher) => new()
    {
        Launcher = launcher.Name,
        Keeper = launcher.Keeper?.ProcessId is not null,
        Cgroup = launcher.ControlGroups,
        Terminals = launcher.HasTerminals,
        Limits = [.. Clocks, .. launcher.Limits],
    };
}
