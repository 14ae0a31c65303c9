namespace CcSignal.MessagePack.Binary;

/// <summary>
/// Writes MessagePack, each value in its shortest form. Made without a target it only counts: a message goes through it twice, once
/// to learn its length and once to lie down in a span of exactly that length, with no buffer between.
/// </summary>
internal ref partial struct MessagePackWriter
{
    private readonly Span<byte> _target;
    private readonly bool _counts;
    private int _fields;
    private int _depth;

    /// <summary>A writer that counts.</summary>
    public MessagePackWriter() => _counts = true;

    /// <summary>A writer into <paramref name="target"/>.</summary>
    public MessagePackWriter(Span<byte> target) => _target = target;

    /// <summary>Bytes written, or counted, so far.</summary>
    public int Length { get; private set; }

    public void WriteNil() => WriteByte(Code.Nil);

    public void WriteBoolean(bool value) => WriteByte(value ? Code.True : Code.False);

    public void WriteDouble(double value) => WriteHead64(Code.Float64, BitConverter.DoubleToUInt64Bits(value));

    public void WriteInteger(long value)
    {
        switch (value)
        {
            case >= 0:
                WriteInteger((ulong)value);
                break;
            case >= -32:
                WriteByte((byte)value);
                break;
            case >= sbyte.MinValue:
                WriteHead8(Code.Int8, (byte)value);
                break;
            case >= short.MinValue:
                WriteHead16(Code.Int16, (ushort)value);
                break;
            case >= int.MinValue:
                WriteHead32(Code.Int32, (uint)value);
                break;
            default:
                WriteHead64(Code.Int64, (ulong)value);
                break;
        }
    }

    public void WriteInteger(ulong value)
    {
        switch (value)
        {
            case <= Code.MaxPositiveFixInt:
                WriteByte((byte)value);
                break;
            case <= byte.MaxValue:
                WriteHead8(Code.UInt8, (byte)value);
                break;
            case <= ushort.MaxValue:
                WriteHead16(Code.UInt16, (ushort)value);
                break;
            case <= uint.MaxValue:
                WriteHead32(Code.UInt32, (uint)value);
                break;
            default:
                WriteHead64(Code.UInt64, value);
                break;
        }
    }

    public void WriteString(string value)
    {
        var length = Utf8.Strict.GetByteCount(value);
        WriteStringHead(length);
        if (TryReserve(length, out var span))
        {
            Utf8.Strict.GetBytes(value, span);
        }
    }

    /// <summary>Writes a string that is UTF-8 already.</summary>
    public void WriteString(ReadOnlySpan<byte> utf8)
    {
        WriteStringHead(utf8.Length);
        WriteRaw(utf8);
    }

    public void WriteBinary(ReadOnlySpan<byte> value)
    {
        if (value.Length <= byte.MaxValue)
        {
            WriteHead8(Code.Binary8, (byte)value.Length);
        }
        else
        {
            WriteHead16Or32(Code.Binary16, Code.Binary32, value.Length);
        }

        WriteRaw(value);
    }

    /// <summary>Writes bytes that are MessagePack already.</summary>
    public void WriteRaw(ReadOnlySpan<byte> value)
    {
        if (TryReserve(value.Length, out var span))
        {
            value.CopyTo(span);
        }
    }

    private void WriteStringHead(int length)
    {
        switch (length)
        {
            case <= Code.MaxFixString - Code.FixString:
                WriteByte((byte)(Code.FixString | length));
                break;
            case <= byte.MaxValue:
                WriteHead8(Code.String8, (byte)length);
                break;
            default:
                WriteHead16Or32(Code.String16, Code.String32, length);
                break;
        }
    }
}
