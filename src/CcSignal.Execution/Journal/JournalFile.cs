using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Journal;

/// <summary>How the files of a recording are read while somebody may write them.</summary>
internal static class JournalFile
{
    public static SafeFileHandle Open(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Reads the whole of <paramref name="buffer"/>.</summary>
    /// <exception cref="InvalidDataException">The file is shorter.</exception>
    public static void Fill(SafeFileHandle file, Span<byte> buffer, long position, string path)
    {
        while (buffer.Length > 0)
        {
            var read = RandomAccess.Read(file, buffer, position);
            if (read == 0)
            {
                throw new InvalidDataException($"'{path}' ends at byte {position}, before what its index promises.");
            }

            buffer = buffer[read..];
            position += read;
        }
    }

    /// <summary>Makes <paramref name="buffer"/> one of at least this length, from the shared pool.</summary>
    public static void Reserve([NotNull] ref byte[]? buffer, int length)
    {
        if (buffer is null || buffer.Length < length)
        {
            Return(ref buffer);
            buffer = ArrayPool<byte>.Shared.Rent(length);
        }
    }

    /// <summary>Gives it back.</summary>
    public static void Return(ref byte[]? buffer)
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = null;
        }
    }
}
