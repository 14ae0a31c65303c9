using System.Buffers.Binary;

namespace CcSignal.MessagePack.Binary;

/// <content>The first byte of a value with the number behind it; everything that is written or counted passes here.</content>
internal ref partial struct MessagePackWriter
{
    private void WriteByte(byte value)
    {
        if (TryReserve(1, out var span))
        {
            span[0] = value;
        }
    }

    private void WriteHead8(byte code, byte value)
    {
        if (TryReserve(2, out var span))
        {
            span[0] = code;
            span[1] = value;
        }
    }

    private void WriteHead16(byte code, ushort value)
    {
        if (TryReserve(3, out var span))
        {
            span[0] = code;
            BinaryPrimitives.WriteUInt16BigEndian(span[1..], value);
        }
    }

    private void WriteHead32(byte code, uint value)
    {
        if (TryReserve(5, out var span))
        {
            span[0] = code;
            BinaryPrimitives.WriteUInt32BigEndian(span[1..], value);
        }
    }

    private void WriteHead64(byte code, ulong value)
    {
        if (TryReserve(9, out var span))
        {
            span[0] = code;
            BinaryPrimitives.WriteUInt64BigEndian(span[1..], value);
        }
    }

    private void WriteHead16Or32(byte code16, byte code32, int length)
    {
        if (length <= ushort.MaxValue)
        {
            WriteHead16(code16, (ushort)length);
        }
        else
        {
            WriteHead32(code32, (uint)length);
        }
    }

    // Checked: a message above 2 GB fails while it is counted, before anything is written.
    private bool TryReserve(int size, out Span<byte> span)
    {
        var start = Length;
        Length = checked(start + size);
        span = _counts ? default : _target.Slice(start, size);
        return !_counts;
    }
}
