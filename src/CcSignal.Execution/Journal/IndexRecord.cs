using System.Buffers.Binary;
using CcSignal.Contracts;

namespace CcSignal.Execution.Journal;

/// <summary>
/// One entry of an index: a piece of output, where it stands and when it was recorded. On disk 24 bytes, little endian: time (8),
/// offset (8), length (7), stream and flags (1). A record's sequence number is its place in the file, from 1.
/// </summary>
/// <param name="AtMicroseconds">When it was recorded, Unix microseconds.</param>
/// <param name="Offset">Of its first byte in its stream.</param>
/// <param name="Length">In bytes, 1–<see cref="MaxLength"/>.</param>
/// <param name="Stream">Which stream.</param>
/// <param name="Recovered">
/// It was found in the file without an index entry, after the server was killed between the two: its time is that of the recovery, and
/// its order to the other stream is not known.
/// </param>
internal readonly record struct IndexRecord(long AtMicroseconds, long Offset, int Length, OutputStream Stream, bool Recovered = false)
{
    /// <summary>Bytes of a record on disk.</summary>
    public const int Size = 24;

    /// <summary>
    /// The longest piece. It bounds the smallest window of a subscription: a piece is sent whole or not at all, so that every sequence
    /// number is a place to resume from.
    /// </summary>
    public const int MaxLength = Limits.MaxPieceBytes;

    private const byte RecoveredFlag = 0x40;
    private const int TagShift = 56;

    /// <summary>Where the record with this sequence number begins in the index.</summary>
    public static long PositionOf(long sequence) => (sequence - 1) * Size;

    /// <summary>Writes it to the first <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        var tag = (ulong)(byte)Stream | (Recovered ? RecoveredFlag : 0u);
        BinaryPrimitives.WriteInt64LittleEndian(destination, AtMicroseconds);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], Offset);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], (tag << TagShift) | (uint)Length);
    }

    /// <summary>Reads it from the first <see cref="Size"/> bytes.</summary>
    public static IndexRecord Read(ReadOnlySpan<byte> source)
    {
        var packed = BinaryPrimitives.ReadUInt64LittleEndian(source[16..]);
        var tag = (byte)(packed >> TagShift);
        return new IndexRecord(
            BinaryPrimitives.ReadInt64LittleEndian(source),
            BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
            (int)(packed & int.MaxValue),
            (OutputStream)(tag & 1),
            (tag & RecoveredFlag) != 0);
    }
}
