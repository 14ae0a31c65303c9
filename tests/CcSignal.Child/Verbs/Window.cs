using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using CcSignal.TestChild.Native;

namespace CcSignal.TestChild.Verbs;

/// <summary>Programs that need a terminal.</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe class Window
{
    private const nuint TIOCGWINSZ = 0x5413;
    private const int TermiosBytes = 60;

    /// <summary>
    /// <c>window</c>: prints whether 0 to 2 are terminals and whether it is in the foreground, <c>TERM</c> and the size; then each new size, until
    /// the end of its input.
    /// </summary>
    public static int Watch()
    {
        using var resized = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Print("size " + Size()));
        Print($"terminals {Libc.isatty(0)}{Libc.isatty(1)}{Libc.isatty(2)} foreground {Libc.tcgetpgrp(0) == Environment.ProcessId}");
        Print("term " + Environment.GetEnvironmentVariable("TERM"));
        Print("size " + Size());
        byte ignored;
        while (Libc.read(0, &ignored, 1) != 0)
        {
            // An EINTR, or something typed.
        }

        Print("end of input");
        return 7;
    }

    /// <summary><c>keys</c>: in raw mode, prints each byte that is typed as a number, until a <c>q</c>; then restores the terminal.</summary>
    public static int Keys()
    {
        byte* before = stackalloc byte[TermiosBytes], raw = stackalloc byte[TermiosBytes];
        if (Libc.tcgetattr(0, before) != 0)
        {
            return 1;
        }

        Libc.tcgetattr(0, raw);
        Libc.cfmakeraw(raw);
        Libc.tcsetattr(0, 0, raw);
        Print("ready\r");
        byte key;
        do
        {
            key = 0;
            if (Libc.read(0, &key, 1) > 0)
            {
                Print($"key {key}\r");
            }
        }
        while (key != 'q');

        Libc.tcsetattr(0, 0, before);
        return 0;
    }

    private static string Size()
    {
        var size = stackalloc ushort[4];
        return Libc.ioctl(0, TIOCGWINSZ, size) == 0 ? string.Create(CultureInfo.InvariantCulture, $"{size[1]}x{size[0]}") : "none";
    }

    private static void Print(string line) => Output.Standard.Write(Verbs.Print.Line(line));
}
