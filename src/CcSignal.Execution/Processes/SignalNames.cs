using System.Collections.Frozen;

namespace CcSignal.Execution.Processes;

/// <summary>Signals by name and number as Linux has them (signal(7)).</summary>
internal static class SignalNames
{
    public const int SIGINT = 2;
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;
    public const int SIGCONT = 18;
    public const int SIGSTOP = 19;

    private static readonly FrozenDictionary<string, int> ByName = new Dictionary<string, int>
    {
        ["SIGHUP"] = 1,
        ["SIGINT"] = SIGINT,
        ["SIGQUIT"] = 3,
        ["SIGILL"] = 4,
        ["SIGTRAP"] = 5,
        ["SIGABRT"] = 6,
        ["SIGBUS"] = 7,
        ["SIGFPE"] = 8,
        ["SIGKILL"] = SIGKILL,
        ["SIGUSR1"] = 10,
        ["SIGSEGV"] = 11,
        ["SIGUSR2"] = 12,
        ["SIGPIPE"] = 13,
        ["SIGALRM"] = 14,
        ["SIGTERM"] = SIGTERM,
        ["SIGSTKFLT"] = 16,
        ["SIGCHLD"] = 17,
        ["SIGCONT"] = SIGCONT,
        ["SIGSTOP"] = SIGSTOP,
        ["SIGTSTP"] = 20,
        ["SIGTTIN"] = 21,
        ["SIGTTOU"] = 22,
        ["SIGURG"] = 23,
        ["SIGXCPU"] = 24,
        ["SIGXFSZ"] = 25,
        ["SIGVTALRM"] = 26,
        ["SIGPROF"] = 27,
        ["SIGWINCH"] = 28,
        ["SIGIO"] = 29,
        ["SIGPWR"] = 30,
        ["SIGSYS"] = 31,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<int, string> ByNumber = ByName.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The number of a name such as <c>SIGTERM</c>; null: there is no such signal.</summary>
    public static int? NumberOf(string name) => ByName.TryGetValue(name, out var number) ? number : null;

    /// <summary>The name of a number; a real-time signal is <c>SIGRTMIN+n</c> (from 34, as the C library counts).</summary>
    public static string NameOf(int number) =>
        ByNumber.TryGetValue(number, out var name) ? name : number == 34 ? "SIGRTMIN" : $"SIGRTMIN+{number - 34}";
}
