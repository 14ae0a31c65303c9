using System.ComponentModel;
using System.Runtime.InteropServices;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux;

/// <summary>What a child does to its descriptors and directory before it becomes the command: 0–2 as given, nothing else inherited.</summary>
internal sealed unsafe class SpawnFileActions : IDisposable
{
    public SpawnFileActions(int stdout, int stderr, string workingDirectory)
    {
        Pointer = (nint)NativeMemory.AllocZeroed(Libc.SpawnFileActionsSize);
        Succeed(Libc.posix_spawn_file_actions_init(Pointer));
        Succeed(Libc.posix_spawn_file_actions_addopen(Pointer, 0, "/dev/null", Libc.O_RDONLY, 0));
        Succeed(Libc.posix_spawn_file_actions_adddup2(Pointer, stdout, 1));
        Succeed(Libc.posix_spawn_file_actions_adddup2(Pointer, stderr, 2));
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
