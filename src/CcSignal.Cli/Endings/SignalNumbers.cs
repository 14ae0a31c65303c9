using System.Globalization;

namespace CcSignal.Cli.Endings;

/// <summary>The numbers of signals on Linux (signal(7)); the server says their names.</summary>
internal static class SignalNumbers
{
    /// <summary>SIGHUP.</summary>
    public const int Hangup = 1;

    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM.</summary>
    public const int Terminate = 15;

    /// <summary>SIGXCPU.</summary>
    public const int CpuTime = 24;

    /// <summary>SIGXFSZ.</summary>
    public const int FileSize = 25;

    private const int FirstRealTime = 34;

    private static readonly string[] _names =
    [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
        "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>The number of a signal such as <c>SIGSEGV</c>, <c>SIGRTMIN+3</c> or <c>SIG42</c>; null: no such signal is known.</summary>
    public static int? Of(string? name)
    {
        if (name is null || !name.StartsWith("SIG", StringComparison.Ordinal))
        {
            return null;
        }

        var word = name[3..];
        if (Array.IndexOf(_names, word) is var index and >= 0)
        {
            return index + 1;
        }

        return word.StartsWith("RTMIN", StringComparison.Ordinal)
            ? Number(word[5..].TrimStart('+') is { Length: > 0 } offset ? offset : "0") + FirstRealTime
            : Number(word);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
