using System.Runtime.InteropServices;

namespace CcSignal.Execution.Processes.Linux.Native;

/// <summary>Pseudo-terminals: pts(4), ioctl_tty(2), termios(3). The numbers are the same on x64 and arm64.</summary>
internal static unsafe partial class Libc
{
    public const int O_NOCTTY = 0x100;
    public const nuint TCGETS = 0x5401;
    public const nuint TCSETS = 0x5402;
    public const nuint TIOCSWINSZ = 0x5414;
    public const nuint TIOCSPTLCK = 0x40045431;
    public const nuint TIOCGPTN = 0x80045430;
    public const int F_DUPFD_CLOEXEC = 1030;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int ioctl(int fd, nuint request, void* argument);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int fchown(int fd, uint owner, uint group);

    /// <summary>The kernel's struct termios (asm-generic/termbits.h), 36 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Termios
    {
        public const uint IUTF8 = 0x4000;
        public const uint ICANON = 0x2;
        public const int VEOF = 4;

        public uint InputFlags;
        public uint OutputFlags;
        public uint ControlFlags;
        public uint LocalFlags;
        public byte Line;
        public fixed byte Characters[19];
    }

    /// <summary>struct winsize.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }
}
