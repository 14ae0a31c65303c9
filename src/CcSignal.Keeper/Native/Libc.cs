using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CcSignal.Keeper.Native;

/// <summary>The system calls of the keeper, named as in the manual pages.</summary>
internal static unsafe partial class Libc
{
    public const int EPERM = 1;
    public const int EINTR = 4;
    public const int ECHILD = 10;
    public const int EAGAIN = 11;
    public const int EINVAL = 22;

    public const int SIGHUP = 1;
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;
    public const nint SIG_DFL = 0;
    public const nint SIG_IGN = 1;

    public const int O_RDONLY = 0;
    public const int O_NOCTTY = 0x100;
    public const int O_CLOEXEC = 0x80000;
    public const int F_SETFD = 2;
    public const int FD_CLOEXEC = 1;
    public const int PR_SET_CHILD_SUBREAPER = 36;

    private const nint SYS_pidfd_send_signal = 424;
    private const nint SYS_pidfd_open = 434;

    /// <summary>Throws what a failed call says; otherwise returns its result.</summary>
    /// <exception cref="Win32Exception">The call failed; the message has its name and the system's words.</exception>
    public static int Check(int result, string call)
    {
        if (result >= 0)
        {
            return result;
        }

        var error = Marshal.GetLastPInvokeError();
        throw new Win32Exception(error, $"{call}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    [LibraryImport("libc", SetLastError = true)]
    public static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fcntl(int fd, int command, int argument);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint write(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint signal(int signal, nint handler);

    /// <summary>A descriptor of a process; its number cannot mean another one.</summary>
    public static int pidfd_open(int pid) => (int)syscall(SYS_pidfd_open, pid, 0, 0, 0, 0);

    public static int pidfd_send_signal(int pidfd, int signal) => (int)syscall(SYS_pidfd_send_signal, pidfd, signal, 0, 0, 0);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint a, nint b, nint c, nint d, nint e);
}
