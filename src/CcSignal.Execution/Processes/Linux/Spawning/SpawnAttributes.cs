using System.ComponentModel;
using System.Runtime.InteropServices;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux.Spawning;

/// <summary>
/// What every child begins with: its own session and group, every signal at its default (SIGPIPE too, which .NET ignores and a child
/// would inherit), none blocked. Made once, read by all threads.
/// </summary>
internal sealed unsafe class SpawnAttributes : IDisposable
{
    public SpawnAttributes()
    {
        Pointer = (nint)NativeMemory.AllocZeroed(Libc.SpawnAttributesSize);
        var signals = (nint)NativeMemory.AllocZeroed(Libc.SignalSetSize);
        try
        {
            Succeed(Libc.posix_spawnattr_init(Pointer));
            Succeed(Libc.posix_spawnattr_setflags(
                Pointer, Libc.POSIX_SPAWN_SETSID | Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK));
            Succeed(Libc.sigfillset(signals));
            Succeed(Libc.posix_spawnattr_setsigdefault(Pointer, signals));
            Succeed(Libc.sigemptyset(signals));
            Succeed(Libc.posix_spawnattr_setsigmask(Pointer, signals));
        }
        finally
        {
            NativeMemory.Free((void*)signals);
        }
    }

    /// <summary>The posix_spawnattr_t.</summary>
    public nint Pointer { get; private set; }

    public void Dispose()
    {
        _ = Libc.posix_spawnattr_destroy(Pointer);
        NativeMemory.Free((void*)Pointer);
        Pointer = 0;
    }

    private static void Succeed(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }
}
