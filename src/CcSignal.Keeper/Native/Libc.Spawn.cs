using System.Runtime.InteropServices;

namespace CcSignal.Keeper.Native;

/// <summary>posix_spawn(3): these return the error number, they do not set errno.</summary>
internal static unsafe partial class Libc
{
    public const short POSIX_SPAWN_SETSIGMASK = 0x08;

    // glibc's sizes on x64 and arm64 are 336, 80 and 128 bytes, musl's are smaller: room for both.
    public const int SpawnAttributesSize = 512;
    public const int SpawnFileActionsSize = 256;
    public const int SignalSetSize = 128;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int posix_spawn(out int pid, string path, nint actions, nint attributes, byte** argv, byte** envp);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_init(nint attributes);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_destroy(nint attributes);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setflags(nint attributes, short flags);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setsigmask(nint attributes, nint signals);

    [LibraryImport("libc")]
    public static partial int sigemptyset(nint signals);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_init(nint actions);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_destroy(nint actions);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_adddup2(nint actions, int fd, int newFd);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_addclosefrom_np(nint actions, int from);
}
