using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Journal.Compression;

/// <summary>
/// A file of a recording in compressed blocks, each of which is read on its own. The one that was read last stays in memory until <see cref="Rest"/>.
/// Bytes are given out only when their block's checksum agrees. Owns its handle.
/// </summary>
internal sealed class CompressedFile : IRecordedFile
{
    private const int None = -1;

    private readonly SafeFileHandle _file;
    private readonly CompressedHeader _header;
    private byte[]? _block;
    private long _loaded = None;

    private CompressedFile(string path, SafeFileHandle file, CompressedHeader header) => (Path, _file, _header) = (path, file, header);

    public string Path { get; }

    public long Length => _header.Length;

    /// <summary>Where the compressed form of a file lies.</summary>
    public static string PathOf(string plain) => plain + ".compressed";

    /// <summary>Opens the compressed form of a file.</summary>
    /// <exception cref="InvalidDataException">Its header is damaged.</exception>
    public static CompressedFile Open(string plain)
    {
        var path = PathOf(plain);
        var file = JournalFile.OpenHandle(path);
        try
        {
            Span<byte> head = stackalloc byte[CompressedHeader.Size];
            return TryRead(file, head, 0) && CompressedHeader.Read(head) is { } header
                ? new CompressedFile(path, file, header)
                : throw new InvalidDataException($"'{path}' is damaged at byte 0: it has no header of a compressed recording.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public int Read(Span<byte> buffer, long position)
    {
        if (position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        var (block, from) = Math.DivRem(position, _header.BlockBytes);
        if (block != _loaded)
        {
            Load(block);
        }

        var count = Math.Min(buffer.Length, _header.LengthOf(block) - (int)from);
        _block.AsSpan((int)from, count).CopyTo(buffer);
        return count;
    }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, long position, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span, position));
    }

    public void Rest()
    {
        _loaded = None;
        JournalFile.Return(ref _block);
    }

    public void Dispose()
    {
        Rest();
        _file.Dispose();
    }

    private void Load(long block)
    {
        _loaded = None;
        Span<byte> line = stackalloc byte[BlockEntry.Size];
        var (at, length) = (CompressedHeader.EntryOf(block), _header.LengthOf(block));
        JournalFile.Reserve(ref _block, _header.BlockBytes);
        var bytes = _block.AsSpan(0, length);
        if (TryRead(_file, line, at) && BlockEntry.Read(line) is var entry && IsWithin(entry, length))
        {
            at = entry.Position;
            if (TryRestore(entry, bytes) && Crc32C.Of(bytes) == entry.Checksum)
            {
                _loaded = block;
                return;
            }
        }

        var first = block * _header.BlockBytes;
        throw new InvalidDataException($"'{Path}' is damaged at byte {at}: bytes {first} to {first + length - 1} of what was recorded cannot be read.");
    }

    private bool IsWithin(BlockEntry entry, int length) =>
        entry.StoredBytes > 0 && entry.StoredBytes <= length && entry.Position >= _header.TableEnd && entry.Position <= long.MaxValue - length;

    private bool TryRestore(BlockEntry entry, Span<byte> bytes)
    {
        if (entry.StoredBytes == bytes.Length)
        {
            return TryRead(_file, bytes, entry.Position);
        }

        byte[]? stored = null;
        try
        {
            JournalFile.Reserve(ref stored, entry.StoredBytes);
            return TryRead(_file, stored.AsSpan(0, entry.StoredBytes), entry.Position)
                && BrotliDecoder.TryDecompress(stored.AsSpan(0, entry.StoredBytes), bytes, out var written)
                && written == bytes.Length;
        }
        finally
        {
            JournalFile.Return(ref stored);
        }
    }

    // False: the file ends before.
    private static bool TryRead(SafeFileHandle file, Span<byte> buffer, long position)
    {
        while (buffer.Length > 0)
        {
            var read = RandomAccess.Read(file, buffer, position);
            if (read == 0)
            {
                return false;
            }

            buffer = buffer[read..];
            position += read;
        }

        return true;
    }
}
