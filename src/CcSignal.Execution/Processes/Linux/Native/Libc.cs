using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CcSignal.Execution.Processes.Linux.Native;

/// <summary>The system calls used, named as in the manual pages. Callers check every result; nothing outside this folder's parent sees a descriptor.</summary>
internal static unsafe partial class Libc
{
    public const int EINTR = 4;
    public const int EAGAIN = 11;
    public const int ENOENT = 2;
    public const int E2BIG = 7;
    public const int ENOEXEC = 8;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EMFILE = 24;
    public const int ENFILE = 23;
    public const int EIO = 5;
    public const int EPIPE = 32;

    public const int O_RDONLY = 0;
    public const int O_WRONLY = 1;
    public const int O_RDWR = 2;
    public const int O_DIRECTORY = 0x10000;
    public const int O_APPEND = 0x400;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;
    public const int F_GETFL = 3;
    public const int F_SETFL = 4;
    public const int F_SETPIPE_SZ = 1031;
    public const int X_OK = 1;
    public const uint SPLICE_F_MOVE = 1;
    public const uint SPLICE_F_NONBLOCK = 2;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int pipe2(int* fds, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fcntl(int fd, int command, int argument);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int access(string path, int mode);

    [LibraryImport("libc")]
    public static partial int getppid();

    [LibraryImport("libc")]
    public static partial uint geteuid();

    [LibraryImport("libc", SetLastError = true)]
    public static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint signal(int signal, nint handler);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint splice(int from, long* fromOffset, int to, long* toOffset, nuint length, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int eventfd(uint initial, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint read(int fd, void* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint write(int fd, void* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* getpwnam(string name);

    [LibraryImport("libc", SetLastError = true)]
    public static partial byte* getpwuid(uint number);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int getgrouplist(string name, uint group, uint* groups, ref int count);

    /// <summary>How many files this process may open (RLIMIT_NOFILE, getrlimit(2)). The runtime has raised it to what the system allows at most.</summary>
    public static double OpenFileLimit()
    {
        const int RLIMIT_NOFILE = 7;
        var limits = stackalloc ulong[2];
        Check(getrlimit(RLIMIT_NOFILE, limits), "getrlimit");
        return limits[0];
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getrlimit(int resource, ulong* limits);

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
}
