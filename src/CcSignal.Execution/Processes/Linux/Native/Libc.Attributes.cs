namespace CcSignal.Execution.Processes.Linux.Native;

/// <summary>Attributes of files: ioctl_iflags(2).</summary>
internal static unsafe partial class Libc
{
    public const nuint FS_IOC_GETFLAGS = 0x80086601;
    public const nuint FS_IOC_SETFLAGS = 0x40086602;
    public const nint FS_APPEND_FL = 0x20;
}
