using System.Runtime.InteropServices;

namespace CcSignal.Cli.Terminal;

/// <summary>The system calls that this program needs beside .NET's: write(2), poll(2) and kill(2).</summary>
internal static partial class LibC
{
    /// <summary>EINTR.</summary>
    public const int Interrupted = 4;

    /// <summary>EIO.</summary>
    public const int InputOutputError = 5;

    /// <summary>EPIPE.</summary>
    public const int BrokenPipe = 32;

    private const short Writable = 4; // POLLOUT

    /// <summary>EAGAIN, one of the few whose number differs.</summary>
    public static readonly int TryAgain = OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>write(2).</summary>
    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    /// <summary>kill(2).</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    /// <summary>poll(2) for room to write; returns early on a signal or an error, which the next write meets again.</summary>
    public static void WaitUntilWritable(int descriptor)
    {
        var wanted = new PollDescriptor { Descriptor = descriptor, Events = Writable };
        _ = Poll(ref wanted, 1, -1);
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
