using System.Runtime.InteropServices;

namespace CcSignal.Cli.Terminal;

/// <summary>Terminals: read(2), isatty(3), termios(3), ioctl_tty(2).</summary>
internal static unsafe partial class LibC
{
    /// <summary>Room for a struct termios of any system; its content is only kept and given back.</summary>
    public const int TermiosBytes = 128;

    /// <summary>TCSADRAIN: what was written before is shown first, what was typed before is kept.</summary>
    public const int AfterOutput = 1;

    private const short Readable = 1; // POLLIN
    private static readonly nuint _getWindowSize = OperatingSystem.IsMacOS() ? 0x40087468u : 0x5413u;

    /// <summary>read(2).</summary>
    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, Span<byte> bytes, nuint count);

    /// <summary>isatty(3).</summary>
    [LibraryImport("libc", EntryPoint = "isatty")]
    public static partial int IsTerminal(int descriptor);

    /// <summary>tcgetattr(3).</summary>
    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int GetTerminal(int descriptor, Span<byte> settings);

    /// <summary>tcsetattr(3).</summary>
    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int SetTerminal(int descriptor, int when, ReadOnlySpan<byte> settings);

    /// <summary>cfmakeraw(3).</summary>
    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw(Span<byte> settings);

    /// <summary>A terminal's size; null: it has none.</summary>
    public static (int Columns, int Rows)? WindowSize(int descriptor)
    {
        var size = stackalloc ushort[4];
        return Ioctl(descriptor, _getWindowSize, size) == 0 && size[0] > 0 && size[1] > 0 ? (size[1], size[0]) : null;
    }

    /// <summary>poll(2) for something to read.</summary>
    public static void WaitUntilReadable(int descriptor)
    {
        var wanted = new PollDescriptor { Descriptor = descriptor, Events = Readable };
        _ = Poll(ref wanted, 1, -1);
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int descriptor, nuint request, void* argument);
}
