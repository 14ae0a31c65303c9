using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using CcSignal.Execution.Journal.Compression;
using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Journal;

/// <summary>How the files of a recording are read while somebody may write or compress them.</summary>
internal static class JournalFile
{
    /// <summary>Opens a file of a recording, compressed or not. Who has opened it keeps it as it is.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="InvalidDataException">It is compressed, and its header is damaged.</exception>
    public static IRecordedFile Open(string path, FileOptions options = FileOptions.None)
    {
        try
        {
            return new PlainFile(OpenHandle(path, options), path);
        }
        catch (FileNotFoundException) when (File.Exists(CompressedFile.PathOf(path)))
        {
            // The compressed file is whole and in its place before the plain one goes: so whoever does not find that finds this.
            return CompressedFile.Open(path);
        }
    }

    /// <summary>Opens a file as it lies there.</summary>
    public static SafeFileHandle OpenHandle(string path, FileOptions options = FileOptions.None) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, options);

    /// <summary>Whether there is such a file of a recording, compressed or not.</summary>
    public static bool Exists(string path) => File.Exists(path) || File.Exists(CompressedFile.PathOf(path));

    /// <summary>Bytes that are recorded in it; 0 where there is none.</summary>
    /// <exception cref="InvalidDataException">It is compressed, and its header is damaged.</exception>
    public static long LengthOf(string path)
    {
        var plain = new FileInfo(path);
        if (plain.Exists)
        {
            return plain.Length;
        }

        if (!File.Exists(CompressedFile.PathOf(path)))
        {
            return 0;
        }

        using var compressed = CompressedFile.Open(path);
        return compressed.Length;
    }

    /// <summary>Reads the whole of <paramref name="buffer"/>.</summary>
    /// <exception cref="InvalidDataException">The file is shorter, or damaged there.</exception>
    public static void Fill(IRecordedFile file, Span<byte> buffer, long position)
    {
        while (buffer.Length > 0)
        {
            var read = file.Read(buffer, position);
            if (read == 0)
            {
                throw new InvalidDataException($"'{file.Path}' ends at byte {position}, before what its index promises.");
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
