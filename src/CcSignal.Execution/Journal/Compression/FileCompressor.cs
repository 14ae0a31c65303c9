using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Journal.Compression;

/// <summary>
/// Makes the compressed form of a file that nobody writes any more. A block is in memory at a time, three times: as recorded, as stored, and read back,
/// because what was recorded goes afterwards. Owns the handle of the source and its buffers.
/// </summary>
internal sealed class FileCompressor : IDisposable
{
    /// <summary>Bytes of the recording in a block: what the reading of a single one of them costs at most.</summary>
    public const int BlockBytes = 128 * 1024;

    // Chosen by measuring (docs/decisions/0011). The window is the block: what a reader's decoder needs.
    private const int Quality = 2;
    private const int WindowBits = 17;

    // A file that hardly gets smaller stays as it is; of a long one some blocks tell before all are written.
    private const int Samples = 16;

    private readonly PlainFile _source;
    private readonly CompressedHeader _header;
    private byte[]? _recorded;
    private byte[]? _stored;
    private byte[]? _readBack;

    /// <param name="source">The file; what it has beyond <paramref name="length"/> is left out.</param>
    /// <param name="length">How much of it is recorded.</param>
    public FileCompressor(string source, long length)
    {
        _source = new PlainFile(JournalFile.OpenHandle(source), source);
        _header = new CompressedHeader(length, BlockBytes);
        JournalFile.Reserve(ref _recorded, BlockBytes);
        JournalFile.Reserve(ref _stored, BlockBytes);
        JournalFile.Reserve(ref _readBack, BlockBytes);
    }

    private long MostBytes => _header.Length / 8 * 7;

    /// <summary>Whether some of its blocks, from all over it, get smaller by an eighth or more; of a short one that is not asked.</summary>
    public bool IsWorthTrying()
    {
        var (recorded, stored) = (0L, 0L);
        for (var sample = 0; sample < Samples && _header.Blocks > Samples; sample++)
        {
            var block = _header.Blocks * sample / Samples;
            recorded += _header.LengthOf(block);
            stored += Compress(block).Length;
        }

        return stored <= recorded / 8 * 7;
    }

    /// <summary>Writes the whole of it, and has it on the disk when it returns. False: it does not get smaller by an eighth; nothing of what was written counts.</summary>
    /// <param name="target">An empty file.</param>
    /// <param name="afterBlock">Called after each block.</param>
    public async Task<bool> TryWriteAsync(SafeFileHandle target, Func<ValueTask> afterBlock)
    {
        var position = _header.TableEnd;
        for (var block = 0L; block < _header.Blocks; block++)
        {
            position += WriteBlock(target, block, position);
            if (position > MostBytes)
            {
                return false;
            }

            await afterBlock();
        }

        WriteHeader(target);
        RandomAccess.FlushToDisk(target);
        return true;
    }

    public void Dispose()
    {
        JournalFile.Return(ref _recorded);
        JournalFile.Return(ref _stored);
        JournalFile.Return(ref _readBack);
        _source.Dispose();
    }

    private int WriteBlock(SafeFileHandle target, long block, long position)
    {
        var stored = Compress(block);
        RandomAccess.Write(target, stored, position);
        Span<byte> line = stackalloc byte[BlockEntry.Size];
        new BlockEntry(position, stored.Length, Crc32C.Of(_recorded.AsSpan(0, _header.LengthOf(block)))).Write(line);
        RandomAccess.Write(target, line, CompressedHeader.EntryOf(block));
        return stored.Length;
    }

    // Last: without it, it is no compressed file.
    private void WriteHeader(SafeFileHandle target)
    {
        Span<byte> head = stackalloc byte[CompressedHeader.Size];
        _header.Write(head);
        RandomAccess.Write(target, head, 0);
    }

    // As it is stored; as it was recorded, where that is no larger.
    private ReadOnlySpan<byte> Compress(long block)
    {
        var recorded = _recorded.AsSpan(0, _header.LengthOf(block));
        JournalFile.Fill(_source, recorded, block * BlockBytes);
        return BrotliEncoder.TryCompress(recorded, _stored.AsSpan(0, recorded.Length - 1), out var written, Quality, WindowBits)
            && BrotliDecoder.TryDecompress(_stored.AsSpan(0, written), _readBack, out var back)
            && recorded.SequenceEqual(_readBack.AsSpan(0, back))
            ? _stored.AsSpan(0, written)
            : recorded;
    }
}
