using System.Runtime.InteropServices;
using CcSignal.Contracts;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux.Spawning;

/// <summary>Starts children by clone3(2) with a list of calls to make before the exec, so that a child can be born in its control group. x86-64.</summary>
internal sealed unsafe class CloneSpawner : ISpawner
{
    private const int StackBytes = 16 * 1024;
    private const int SIGCHLD = Libc.SIGCHLD;

    // Default for every signal: 64 calls without SIGKILL and SIGSTOP, which cannot be set; and some ten more.
    private const int MaxCalls = Libc.LastSignal + 16;

    private readonly void* _zeros = NativeMemory.AllocZeroed(Libc.KernelSigActionSize);

    public bool CanPrepare => true;

    /// <summary>Whether the machine and its kernel (5.7) take it: a sandbox may refuse clone3.</summary>
    public static bool IsSupported { get; } = CloneCode.IsSupported && KernelTakesIt();

    public SpawnError Spawn(LaunchSpec spec, ChildDescriptors descriptors, ChildGroups groups, out SpawnedChild child)
    {
        using var strings = new NativeStrings([spec.Path, spec.WorkingDirectory]);
        using var arguments = new NativeStrings([spec.Name, .. spec.Arguments]);
        using var environment = new NativeStrings([.. spec.Environment.Select(variable => $"{variable.Key}={variable.Value}")]);
        using var calls = new SystemCalls(MaxCalls + groups.Joined.Count);
        foreach (var group in groups.Joined)
        {
            // "0" is whoever writes it (cgroups(7)).
            calls.Add(SpawnStep.ControlGroup, Libc.SYS_write, (int)group.DangerousGetHandle(), calls.Store("0"u8), 1);
        }

        calls.Add(SpawnStep.Child, Libc.SYS_setsid);
        AddSignals(calls);
        AddDescriptors(calls, descriptors);
        AddLimits(calls, spec.Limits);
        AddConfinement(calls, spec.Confinement);
        calls.Add(SpawnStep.Directory, Libc.SYS_chdir, (nint)strings.Pointer[1]);
        calls.Add(SpawnStep.Program, Libc.SYS_execve, (nint)strings.Pointer[0], (nint)arguments.Pointer, (nint)environment.Pointer);

        var error = Clone(calls, groups.Born is null ? null : (int)groups.Born.DangerousGetHandle(), out child);
        return error != 0 ? new SpawnError(error, groups.Born is null ? SpawnStep.Child : SpawnStep.ControlGroup)
            : calls.Error == 0 ? default
            : new SpawnError(calls.Error, calls.FailedStep);
    }

    public void Dispose() => NativeMemory.Free(_zeros);

    private void AddSignals(SystemCalls calls)
    {
        for (var signal = 1; signal <= Libc.LastSignal; signal++)
        {
            if (signal is not (SignalNames.SIGKILL or SignalNames.SIGSTOP))
            {
                calls.Add(SpawnStep.Child, Libc.SYS_rt_sigaction, signal, (nint)_zeros, 0, Libc.KernelSignalSetSize);
            }
        }

        calls.Add(SpawnStep.Child, Libc.SYS_rt_sigprocmask, Libc.SIG_SETMASK, (nint)_zeros, 0, Libc.KernelSignalSetSize);
    }

    private static void AddDescriptors(SystemCalls calls, ChildDescriptors descriptors)
    {
        calls.Add(SpawnStep.Child, Libc.SYS_dup2, descriptors.Input, 0);
        calls.Add(SpawnStep.Child, Libc.SYS_dup2, descriptors.Output, 1);
        calls.Add(SpawnStep.Child, Libc.SYS_dup2, descriptors.Error, 2);
        if (descriptors.Terminal is not null)
        {
            calls.Add(SpawnStep.Child, Libc.SYS_ioctl, 0, Libc.TIOCSCTTY, 0);
        }

        // What the server itself inherited without close-on-exec would otherwise reach every command.
        calls.Add(SpawnStep.Child, Libc.SYS_close_range, 3, unchecked((nint)uint.MaxValue), 0);
    }

    private static void AddLimits(SystemCalls calls, ResourceLimits limits)
    {
        if (limits.OpenFiles is { } files)
        {
            // struct rlimit64: soft and hard.
            calls.Add(SpawnStep.Limit, Libc.SYS_prlimit64, 0, Libc.RLIMIT_NOFILE, calls.Store<long>([files, files]));
        }
    }

    // After what only the server's user may do, before what the command's user must be allowed to.
    private static void AddConfinement(SystemCalls calls, Confinement confinement)
    {
        if (confinement.Umask is { } umask)
        {
            calls.Add(SpawnStep.Child, Libc.SYS_umask, umask);
        }

        if (confinement.User is { } user)
        {
            calls.Add(SpawnStep.User, Libc.SYS_setgroups, user.Groups.Count, calls.Store<uint>([.. user.Groups]));
            calls.Add(SpawnStep.User, Libc.SYS_setresgid, (nint)user.GroupId, (nint)user.GroupId, (nint)user.GroupId);
            calls.Add(SpawnStep.User, Libc.SYS_setresuid, (nint)user.UserId, (nint)user.UserId, (nint)user.UserId);
        }

        if (confinement.NoNewPrivileges)
        {
            calls.Add(SpawnStep.Child, Libc.SYS_prctl, Libc.PR_SET_NO_NEW_PRIVS, 1);
        }
    }

    // Returns the error number of the clone itself; what fails in the child stands in the calls, and the child is gone then.
    private static int Clone(SystemCalls calls, int? controlGroup, out SpawnedChild child)
    {
        var stack = NativeMemory.AlignedAlloc(StackBytes, 16);
        try
        {
            var pidfd = -1;
            var arguments = new Libc.CloneArguments
            {
                Flags = Libc.CLONE_VM | Libc.CLONE_VFORK | Libc.CLONE_PIDFD | (controlGroup is null ? 0 : Libc.CLONE_INTO_CGROUP),
                PidFd = (ulong)&pidfd,
                ExitSignal = SIGCHLD,
                Stack = (ulong)stack,
                StackSize = StackBytes,
                Cgroup = (ulong)(controlGroup ?? 0),
            };
            var result = CloneCode.Run(ref arguments, calls.Pointer);
            child = new SpawnedChild(result, pidfd);
            if (result > 0 && calls.Error != 0)
            {
                Reap(child);
            }

            return result < 0 ? -result : 0;
        }
        finally
        {
            NativeMemory.AlignedFree(stack);
        }
    }

    private static void Reap(SpawnedChild child)
    {
        var info = stackalloc byte[Libc.SigInfoSize];
        Libc.Check(Libc.waitid(Libc.P_PIDFD, child.PidFd, info, Libc.WEXITED, null), "waitid");
        Libc.Check(Libc.close(child.PidFd), "close");
    }

    // A child that ends at once, by a call that must fail.
    private static bool KernelTakesIt()
    {
        using var calls = new SystemCalls(1);
        calls.Add(SpawnStep.Child, Libc.SYS_execve);
        return Clone(calls, null, out _) == 0 && calls.Error != 0;
    }
}
