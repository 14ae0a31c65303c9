using System.ComponentModel;

namespace CcSignal.TestChild.Native;

/// <summary>Signals as a C program has them.</summary>
internal static class Signals
{
    private static readonly Dictionary<string, int> Linux = new(StringComparer.Ordinal)
    {
        ["SIGHUP"] = 1,
        ["SIGINT"] = 2,
        ["SIGQUIT"] = 3,
        ["SIGILL"] = 4,
        ["SIGTRAP"] = 5,
        ["SIGABRT"] = 6,
        ["SIGBUS"] = 7,
        ["SIGFPE"] = 8,
        ["SIGKILL"] = 9,
        ["SIGUSR1"] = 10,
        ["SIGSEGV"] = 11,
        ["SIGUSR2"] = 12,
        ["SIGPIPE"] = 13,
        ["SIGALRM"] = 14,
        ["SIGTERM"] = 15,
        ["SIGSTOP"] = 19,
        ["SIGTSTP"] = 20,
        ["SIGXCPU"] = 24,
        ["SIGXFSZ"] = 25,
        ["SIGRTMIN"] = 34,
    };

    /// <summary>
    /// .NET ends by exit code 143 on SIGTERM and ignores SIGPIPE for itself; the programs that people run do neither. What was
    /// ignored when we were started stays so, but for SIGPIPE, where the runtime has overwritten the answer.
    /// </summary>
    public static void BehaveAsAPlainProgram()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var name in (ReadOnlySpan<string>)["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"])
        {
            if (Libc.signal(Linux[name], Libc.SIG_DFL) == Libc.SIG_IGN)
            {
                Libc.signal(Linux[name], Libc.SIG_IGN);
            }
        }

        Libc.signal(Linux["SIGPIPE"], Libc.SIG_DFL);
    }

    public static void Ignore(string name) => Libc.signal(Linux[name], Libc.SIG_IGN);

    /// <summary>Sends it to ourselves with its default action in place.</summary>
    public static void Raise(string name)
    {
        var number = Linux[name];
        Libc.signal(number, Libc.SIG_DFL); // fails for SIGKILL and SIGSTOP, which need it not
        if (Libc.kill(Environment.ProcessId, number) != 0)
        {
            throw new Win32Exception();
        }
    }
}
