using System.Runtime.InteropServices;

namespace CcSignal.Keeper.Native;

/// <summary>waitid(2) as the raw call: the C library hides the usage that the kernel gives with it.</summary>
internal static unsafe partial class Libc
{
    public const int P_ALL = 0;
    public const int WEXITED = 4;
    public const int CLD_EXITED = 1;

    /// <summary>siginfo_t: si_code at 8, si_pid at 16, si_status at 24 (128 bytes).</summary>
    public const int SigInfoSize = 128;

    /// <summary>struct rusage: ru_utime at 0, ru_stime at 16, ru_maxrss at 32, in kibibytes (144 bytes).</summary>
    public const int RusageSize = 144;

    private static readonly nint SYS_waitid = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 247 : 95;

    public static int waitid(int idType, int id, byte* info, int options, byte* usage) =>
        (int)syscall(SYS_waitid, idType, id, (nint)info, options, (nint)usage);
}
