using System.Buffers.Binary;

namespace CcSignal.Execution.Journal.Compression;

/// <summary>
/// The first bytes of a compressed file. On disk 24, little endian: the mark (8), bytes of the recording (8), bytes of a block (4), CRC-32C of the 20 before (4).
/// </summary>
/// <param name="Length">Bytes that are recorded in the file.</param>
/// <param name="BlockBytes">So many of them are in each block but the last.</param>
internal readonly record struct CompressedHeader(long Length, int BlockBytes)
{
    /// <summary>Bytes of a header on disk.</summary>
    public const int Size = 24;

    /// <summary>The largest block that is read.</summary>
    public const int MaxBlockBytes = 1024 * 1024;

    private const int ChecksumAt = Size - sizeof(uint);

    // The last character is the version.
    private static ReadOnlySpan<byte> Mark => "CCBLOCK1"u8;

    /// <summary>How many blocks there are.</summary>
    public long Blocks => (Length + BlockBytes - 1) / BlockBytes;

    /// <summary>Where the first block begins, behind the table.</summary>
    public long TableEnd => Size + (Blocks * BlockEntry.Size);

    /// <summary>Where the entry of a block begins; blocks count from 0.</summary>
    public static long EntryOf(long block) => Size + (block * BlockEntry.Size);

    /// <summary>Bytes of the recording that are in a block.</summary>
    public int LengthOf(long block) => (int)Math.Min(BlockBytes, Length - (block * BlockBytes));

    /// <summary>Writes it to the first <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        Mark.CopyTo(destination);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], Length);
        BinaryPrimitives.WriteInt32LittleEndian(destination[16..], BlockBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[ChecksumAt..], Crc32C.Of(destination[..ChecksumAt]));
    }

    /// <summary>Reads it from the first <see cref="Size"/> bytes; null: they are none.</summary>
    public static CompressedHeader? Read(ReadOnlySpan<byte> source)
    {
        var header = new CompressedHeader(BinaryPrimitives.ReadInt64LittleEndian(source[8..]), BinaryPrimitives.ReadInt32LittleEndian(source[16..]));
        return source.StartsWith(Mark)
            && BinaryPrimitives.ReadUInt32LittleEndian(source[ChecksumAt..]) == Crc32C.Of(source[..ChecksumAt])
            && header is { Length: >= 0, BlockBytes: > 0 and <= MaxBlockBytes }
            ? header
            : null;
    }
}
