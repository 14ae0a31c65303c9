using System.Buffers.Binary;
using CcSignal.Execution.Processes.Linux.Native;
using CcSignal.Keeper.Wire;

namespace CcSignal.Execution.Processes.Linux.Keeping;

/// <summary>
/// Asks the kernel how a process ended that another one has reaped (PIDFD_GET_INFO, ioctl_pidfd(2), Linux 6.15). It knows only while a descriptor is
/// open that was opened before the reaping.
/// </summary>
internal static unsafe class PidFdInfo
{
    /// <summary>How long a parent may take to reap before the answer is that nobody knows.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int Size = 64;
    private const int ExitCodeAt = 60;
    private const ulong WantProcess = 1;
    private const ulong WantExit = 8;
    private const int SignalMask = 0x7F;

    /// <summary>How it ended; null: it was not reaped yet, or this kernel does not tell.</summary>
    public static ExitStatus? ExitOf(int pidfd)
    {
        var info = stackalloc byte[Size];
        var bytes = new Span<byte>(info, Size);
        bytes.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, WantProcess | WantExit);
        if (Libc.ioctl(pidfd, Libc.PIDFD_GET_INFO, info) != 0 || (BinaryPrimitives.ReadUInt64LittleEndian(bytes) & WantExit) == 0)
        {
            return null;
        }

        // As wait(2) gives it.
        var status = BinaryPrimitives.ReadInt32LittleEndian(bytes[ExitCodeAt..]);
        var signal = status & SignalMask;
        return signal == 0 ? new ExitStatus(IsExit: true, (status >> 8) & 0xFF) : new ExitStatus(IsExit: false, signal);
    }
}
