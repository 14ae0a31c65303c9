using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>Makes pipes (pipe(7)).</summary>
internal static class Pipe
{
    /// <summary>What a pipe holds unless asked otherwise.</summary>
    public const int DefaultBytes = 64 * 1024;

    /// <summary>
    /// Makes one; neither end is inherited unless asked for. The size is a wish: an ordinary user past pipe-user-pages-soft gets less, and the
    /// pumps cope with any.
    /// </summary>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no descriptor left.</exception>
    public static unsafe (int Reader, int Writer) Open(int bytes)
    {
        var ends = stackalloc int[2];
        Libc.Check(Libc.pipe2(ends, Libc.O_CLOEXEC), "pipe2");
        if (bytes != DefaultBytes)
        {
            _ = Libc.fcntl(ends[1], Libc.F_SETPIPE_SZ, bytes);
        }

        return (ends[0], ends[1]);
    }

    /// <summary>Makes an end of our own answer at once; the other end is not touched by it.</summary>
    public static void SetNonBlocking(int descriptor)
    {
        var flags = Libc.Check(Libc.fcntl(descriptor, Libc.F_GETFL, 0), "fcntl");
        Libc.Check(Libc.fcntl(descriptor, Libc.F_SETFL, flags | Libc.O_NONBLOCK), "fcntl");
    }
}
