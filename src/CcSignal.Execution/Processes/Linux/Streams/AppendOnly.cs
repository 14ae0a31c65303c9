using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes.Linux.Native;
using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>
/// The attribute of a file that lets everybody only append (ioctl_iflags(2), chattr(1) +a). A command that opens its own output again by name, as in
/// <c>&gt; /dev/stdout</c>, would otherwise erase what is recorded. Needs CAP_LINUX_IMMUTABLE, and a file system that knows it.
/// </summary>
internal static unsafe class AppendOnly
{
    /// <summary>Whether it can be set on files in this directory.</summary>
    public static bool WorksIn(string directory)
    {
        using var probe = File.OpenHandle(
            Path.Combine(directory, $".append-only-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.Delete, FileOptions.DeleteOnClose);
        var works = TrySet((int)probe.DangerousGetHandle());
        Clear(probe);
        return works;
    }

    /// <summary>Sets it; false: this process may not, or the file system does not know it.</summary>
    public static bool TrySet(int file) => TryChange(file, flags => flags | Libc.FS_APPEND_FL);

    /// <summary>Takes it away; harmless where it is not set.</summary>
    public static void Clear(SafeFileHandle file) => TryChange((int)file.DangerousGetHandle(), flags => flags & ~Libc.FS_APPEND_FL);

    /// <summary>Takes it from the files of a recording that nobody writes any more: they could not be deleted with it.</summary>
    public static void Clear(JournalFiles files)
    {
        foreach (var path in new[] { files.Of(OutputStream.Stdout), files.Of(OutputStream.Stderr) }.Where(File.Exists))
        {
            using var file = JournalFile.OpenHandle(path);
            Clear(file);
        }
    }

    private static bool TryChange(int file, Func<nint, nint> change)
    {
        // The kernel reads and writes an int, whatever the request's number says.
        nint flags = 0;
        if (Libc.ioctl(file, Libc.FS_IOC_GETFLAGS, (byte*)&flags) != 0)
        {
            return false;
        }

        var wanted = change(flags);
        return wanted == flags || Libc.ioctl(file, Libc.FS_IOC_SETFLAGS, (byte*)&wanted) == 0;
    }
}
