using System.Runtime.InteropServices;

namespace CcSignal.Execution.Processes.Linux.Native;

/// <summary>What <see cref="Spawning.CloneCode"/> needs: clone(2), and the numbers of the calls that a child makes before its exec (syscalls(2), x86-64).</summary>
internal static unsafe partial class Libc
{
    public const ulong CLONE_VM = 0x100;
    public const ulong CLONE_PIDFD = 0x1000;
    public const ulong CLONE_VFORK = 0x4000;
    public const ulong CLONE_INTO_CGROUP = 0x2_0000_0000;

    public const int SYS_write = 1;
    public const int SYS_rt_sigaction = 13;
    public const int SYS_rt_sigprocmask = 14;
    public const int SYS_ioctl = 16;
    public const int SYS_dup2 = 33;
    public const int SYS_execve = 59;
    public const int SYS_chdir = 80;
    public const int SYS_umask = 95;
    public const int SYS_setsid = 112;
    public const int SYS_setgroups = 116;
    public const int SYS_setresuid = 117;
    public const int SYS_setresgid = 119;
    public const int SYS_prctl = 157;
    public const int SYS_prlimit64 = 302;
    public const int SYS_close_range = 436;

    public const int SIG_SETMASK = 2;

    /// <summary>The kernel's sigset_t: a bit for each of 64 signals.</summary>
    public const int KernelSignalSetSize = 8;

    /// <summary>The kernel's struct sigaction on x86-64: handler, flags, restorer, mask. All zero is the default action.</summary>
    public const int KernelSigActionSize = 32;

    public const int LastSignal = 64;
    public const int PROT_READ = 1;
    public const int PROT_WRITE = 2;
    public const int PROT_EXEC = 4;
    public const int MAP_PRIVATE = 2;
    public const int MAP_ANONYMOUS = 0x20;
    public const int TIOCSCTTY = 0x540E;
    public const int PR_SET_NO_NEW_PRIVS = 38;
    public const int RLIMIT_NOFILE = 7;
    public const int EPERM = 1;
    public const int EBUSY = 16;
    public const int ENODEV = 19;
    public const int ENOSYS = 38;
    public const int EOPNOTSUPP = 95;

    /// <summary>struct clone_args (linux/sched.h), as far as CLONE_INTO_CGROUP: 88 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct CloneArguments
    {
        public ulong Flags;
        public ulong PidFd;
        public ulong ChildTid;
        public ulong ParentTid;
        public ulong ExitSignal;
        public ulong Stack;
        public ulong StackSize;
        public ulong Tls;
        public ulong SetTid;
        public ulong SetTidSize;
        public ulong Cgroup;
    }

    /// <summary>rt_sigprocmask(2) for the calling thread; unlike the C library's it blocks every signal it is told to.</summary>
    public static int rt_sigprocmask(int how, ulong* set, ulong* old) => (int)syscall(SYS_rt_sigprocmask, how, (nint)set, (nint)old, KernelSignalSetSize, 0);

    [LibraryImport("libc", SetLastError = true)]
    public static partial void* mmap(void* address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int mprotect(void* address, nuint length, int protection);
}
