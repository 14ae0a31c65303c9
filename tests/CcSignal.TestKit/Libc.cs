using System.Runtime.InteropServices;

namespace CcSignal.TestKit;

/// <summary>Signals to a process that is not ours to wait for (kill(2)).</summary>
internal static partial class Libc
{
    public const int SIGHUP = 1;
    public const int SIGINT = 2;
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;
    public const int SIGCONT = 18;
    public const int SIGSTOP = 19;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int kill(int process, int signal);
}
