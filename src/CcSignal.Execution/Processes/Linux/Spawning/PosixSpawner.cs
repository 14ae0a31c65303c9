using System.ComponentModel;
using System.Runtime.InteropServices;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux.Spawning;

/// <summary>Starts children by posix_spawn(3): for machines and sandboxes that <see cref="CloneSpawner"/> is not for. Needs glibc 2.34.</summary>
internal sealed unsafe class PosixSpawner : ISpawner
{
    private readonly SpawnAttributes _attributes = new();

    public bool CanPrepare => false;

    public SpawnError Spawn(LaunchSpec spec, ChildDescriptors descriptors, ChildGroups groups, out SpawnedChild child)
    {
        using var actions = new SpawnFileActions(descriptors, spec.WorkingDirectory);
        using var path = new NativeStrings([spec.Path]);
        using var arguments = new NativeStrings([spec.Name, .. spec.Arguments]);
        using var environment = new NativeStrings([.. spec.Environment.Select(variable => $"{variable.Key}={variable.Value}")]);
        var error = Libc.posix_spawn(
            out var processId, path.Pointer[0], actions.Pointer, _attributes.Pointer, arguments.Pointer, environment.Pointer);
        child = error == 0 ? new SpawnedChild(processId, OpenOrKill(processId)) : default;

        // The call does not tell what failed: ENOENT is also a directory that vanished since it was checked.
        return new SpawnError(error, error == Libc.ENOENT && !Directory.Exists(spec.WorkingDirectory) ? SpawnStep.Directory : SpawnStep.Program);
    }

    public void Dispose() => _attributes.Dispose();

    // Without a descriptor for it the process could not be followed: then it must not run.
    private static int OpenOrKill(int processId)
    {
        var pidfd = Libc.pidfd_open(processId);
        if (pidfd < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            var info = stackalloc byte[Libc.SigInfoSize];
            _ = Libc.kill(-processId, SignalNames.SIGKILL);
            _ = Libc.waitid(Libc.P_PID, processId, info, Libc.WEXITED, null);
            throw new Win32Exception(error, $"pidfd_open: {Marshal.GetPInvokeErrorMessage(error)}");
        }

        return pidfd;
    }
}
