using System.Buffers.Binary;

namespace CcSignal.Execution.Journal.Compression;

/// <summary>One entry of the table of a compressed file. On disk 16 bytes, little endian: position (8), stored bytes (4), checksum (4).</summary>
/// <param name="Position">Where the block begins in the file.</param>
/// <param name="StoredBytes">How many bytes it has there; as many as were recorded: it is not compressed.</param>
/// <param name="Checksum"><see cref="Crc32C"/> of the recorded bytes.</param>
internal readonly record struct BlockEntry(long Position, int StoredBytes, uint Checksum)
{
    /// <summary>Bytes of an entry on disk.</summary>
    public const int Size = 16;

    /// <summary>Writes it to the first <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt64LittleEndian(destination, Position);
        BinaryPrimitives.WriteInt32LittleEndian(destination[8..], StoredBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], Checksum);
    }

    /// <summary>Reads it from the first <see cref="Size"/> bytes.</summary>
    public static BlockEntry Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadInt64LittleEndian(source),
        BinaryPrimitives.ReadInt32LittleEndian(source[8..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[12..]));
}
