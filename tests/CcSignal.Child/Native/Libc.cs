using System.Runtime.InteropServices;

namespace CcSignal.TestChild.Native;

/// <summary>The C library's calls that .NET does not offer, named as in the manual pages (section 2 and 3).</summary>
internal static unsafe partial class Libc
{
    public const int EINTR = 4;
    public const int EPIPE = 32;
    public const nint SIG_DFL = 0;
    public const nint SIG_IGN = 1;
    public const int F_GETFD = 1;

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint write(int fd, byte* buffer, nint count);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint signal(int signal, nint handler);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int setsid();

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getsid(int pid);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getpgid(int pid);

    [LibraryImport("libc")]
    public static partial int getppid();

    [LibraryImport("libc")]
    public static partial uint umask(uint mask);

    [LibraryImport("libc")]
    public static partial int isatty(int fd);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int ioctl(int fd, nuint request, void* argument);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint read(int fd, void* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int tcgetattr(int fd, byte* settings);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int tcsetattr(int fd, int when, byte* settings);

    [LibraryImport("libc")]
    public static partial void cfmakeraw(byte* settings);

    [LibraryImport("libc")]
    public static partial int tcgetpgrp(int fd);
}
