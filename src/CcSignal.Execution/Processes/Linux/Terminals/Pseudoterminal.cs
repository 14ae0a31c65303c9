using System.Globalization;
using CcSignal.Contracts;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux.Terminals;

/// <summary>Makes pseudo-terminals (pts(4)) and speaks to them through their master.</summary>
internal static unsafe class Pseudoterminal
{
    /// <summary>Makes one of this size; neither end is inherited, and ours is O_NONBLOCK.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The system has none left, or none at all.</exception>
    public static (int Master, int Slave, string Path) Open(TerminalSize size)
    {
        var master = Libc.Check(Libc.open("/dev/ptmx", Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC), "open /dev/ptmx");
        try
        {
            int unlocked = 0, number;
            Libc.Check(Libc.ioctl(master, Libc.TIOCSPTLCK, &unlocked), "TIOCSPTLCK");
            Libc.Check(Libc.ioctl(master, Libc.TIOCGPTN, &number), "TIOCGPTN");
            var path = string.Create(CultureInfo.InvariantCulture, $"/dev/pts/{number}");
            Resize(master, size);
            SetUtf8(master);
            return (master, Libc.Check(Libc.open(path, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC), $"open {path}"), path);
        }
        catch
        {
            Libc.Check(Libc.close(master), "close");
            throw;
        }
    }

    /// <summary>Changes its size; the program in its foreground gets SIGWINCH.</summary>
    public static void Resize(int master, TerminalSize size)
    {
        var window = new Libc.WindowSize { Columns = (ushort)size.Columns, Rows = (ushort)size.Rows };
        Libc.Check(Libc.ioctl(master, Libc.TIOCSWINSZ, &window), "TIOCSWINSZ");
    }

    /// <summary>
    /// What must be typed so that the program reads an end of file: the terminal's own character for it, twice behind an unfinished line, which the
    /// first one only hands over.
    /// </summary>
    public static byte[] EndOfFile(int master, bool behindUnfinishedLine)
    {
        Libc.Termios settings;
        Libc.Check(Libc.ioctl(master, Libc.TCGETS, &settings), "TCGETS");
        var character = settings.Characters[Libc.Termios.VEOF];
        return behindUnfinishedLine && (settings.LocalFlags & Libc.Termios.ICANON) != 0 ? [character, character] : [character];
    }

    // So that a backspace erases a whole character, as in any terminal of today.
    private static void SetUtf8(int master)
    {
        Libc.Termios settings;
        Libc.Check(Libc.ioctl(master, Libc.TCGETS, &settings), "TCGETS");
        settings.InputFlags |= Libc.Termios.IUTF8;
        Libc.Check(Libc.ioctl(master, Libc.TCSETS, &settings), "TCSETS");
    }
}
