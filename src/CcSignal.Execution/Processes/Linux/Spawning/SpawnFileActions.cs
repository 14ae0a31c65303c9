using System.ComponentModel;
using System.Runtime.InteropServices;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux.Spawning;

/// <summary>What a child does to its descriptors and directory before it becomes the command: 0–2 as given, nothing else inherited.</summary>
internal sealed unsafe class SpawnFileActions : IDisposable
{
    public SpawnFileActions(ChildDescriptors descriptors, string workingDirectory)
    {
        Pointer = (nint)NativeMemory.AllocZeroed(Libc.SpawnFileActionsSize);
        Succeed(Libc.posix_spawn_file_actions_init(Pointer));
        if (descriptors.Terminal is { } terminal)
        {
            // The first terminal that the leader of a new session opens becomes its controlling one (tty_ioctl(4)).
            Succeed(Libc.posix_spawn_file_actions_addopen(Pointer, 0, terminal, Libc.O_RDWR, 0));
        }
        else
        {
            Succeed(Libc.posix_spawn_file_actions_adddup2(Pointer, descriptors.Input, 0));
        }

        Succeed(Libc.posix_spawn_file_actions_adddup2(Pointer, descriptors.Output, 1));
        Succeed(Libc.posix_spawn_file_actions_adddup2(Pointer, descriptors.Error, 2));
        Succeed(Libc.posix_spawn_file_actions_addchdir_np(Pointer, workingDirectory));

        // Last: what the server itself inherited without close-on-exec would otherwise reach every command.
        Succeed(Libc.posix_spawn_file_actions_addclosefrom_np(Pointer, 3));
    }

    /// <summary>The posix_spawn_file_actions_t.</summary>
    public nint Pointer { get; private set; }

    public void Dispose()
    {
        _ = Libc.posix_spawn_file_actions_destroy(Pointer);
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
