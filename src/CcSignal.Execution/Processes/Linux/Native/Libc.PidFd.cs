using System.Runtime.InteropServices;

namespace CcSignal.Execution.Processes.Linux.Native;

/// <summary>ioctl_pidfd(2).</summary>
internal static unsafe partial class Libc
{
    /// <summary>_IOWR(0xFF, 11, struct pidfd_info) of 64 bytes.</summary>
    public const nuint PIDFD_GET_INFO = 0xC040FF0B;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int ioctl(int fd, nuint request, byte* argument);
}
