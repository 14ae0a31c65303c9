using System.Runtime.InteropServices;

namespace CcSignal.Execution.Processes.Linux.Native;

/// <summary>pidfd_open(2) and waitid(2) as raw calls: the C library has no wrapper for the first everywhere, and hides the second's usage.</summary>
internal static unsafe partial class Libc
{
    public const int P_PID = 1;
    public const int P_PIDFD = 3;
    public const int WNOHANG = 1;
    public const int WEXITED = 4;
    public const int WNOWAIT = 0x01000000;
    public const int CLD_EXITED = 1;
    public const int SIGCHLD = 17;
    public const int SIG_DFL = 0;

    /// <summary>siginfo_t: si_code at 8, si_pid at 16, si_status at 24 (128 bytes).</summary>
    public const int SigInfoSize = 128;

    /// <summary>struct rusage: ru_utime at 0, ru_stime at 16, ru_maxrss at 32, in kibibytes (144 bytes).</summary>
    public const int RusageSize = 144;

    public const int RUSAGE_SELF = 0;

    private const nint SYS_pidfd_send_signal = 424;
    private const nint SYS_pidfd_open = 434;
    private static readonly nint SYS_waitid = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 247 : 95;

    public static int pidfd_open(int pid) => (int)syscall(SYS_pidfd_open, pid, 0, 0, 0, 0);

    /// <summary>pidfd_send_signal(2): reaches the process the descriptor was opened for, or none.</summary>
    public static int pidfd_send_signal(int pidfd, int signal) => (int)syscall(SYS_pidfd_send_signal, pidfd, signal, 0, 0, 0);

    public static int waitid(int idType, int id, byte* info, int options, byte* usage) =>
        (int)syscall(SYS_waitid, idType, id, (nint)info, options, (nint)usage);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getrusage(int who, byte* usage);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint a, nint b, nint c, nint d, nint e);
}
