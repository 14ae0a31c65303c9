namespace CcSignal.MessagePack.Binary;

/// <content>
/// Numbers, in whatever width they come. JavaScript has only one kind: 30 may stand for 30.0, and above 2^53 an integer comes as a float.
/// </content>
internal ref partial struct MessagePackReader
{
    public int ReadInt32()
    {
        var start = Position;
        var value = ReadInt64();
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new MalformedException($"expected integer of 32 bits, found {value}", start);
    }

    public long ReadInt64()
    {
        var start = Position;
        var head = ReadHead(start);
        return head.Kind switch
        {
            Kind.Integer => ReadInteger(head, start),
            Kind.Float => Integral(ReadFloat(head), start),
            _ => throw Unexpected("integer", head.Kind, start),
        };
    }

    public double ReadDouble()
    {
        var start = Position;
        var head = ReadHead(start);
        return head.Kind switch
        {
            Kind.Float => ReadFloat(head),
            Kind.Integer when head.Code == Code.UInt64 => ReadBits(8),
            Kind.Integer => ReadInteger(head, start),
            _ => throw Unexpected("number", head.Kind, start),
        };
    }

    /// <summary>Reads an integer as <see cref="long"/>, or as <see cref="ulong"/> where it does not fit.</summary>
    public object ReadAnyInteger()
    {
        var start = Position;
        var head = Expect(Kind.Integer, "integer", start);
        return head.Code == Code.UInt64 && ReadBits(8) is var value
            ? value > long.MaxValue ? value : (long)value
            : ReadInteger(head, start);
    }

    private long ReadInteger(Head head, long start) => head.Code switch
    {
        <= Code.MaxPositiveFixInt => head.Code,
        >= Code.MinNegativeFixInt => (sbyte)head.Code,
        Code.Int8 => (sbyte)ReadBits(1),
        Code.Int16 => (short)ReadBits(2),
        Code.Int32 => (int)ReadBits(4),
        Code.Int64 => (long)ReadBits(8),
        _ => ReadBits((int)head.Length) is var value and <= long.MaxValue
            ? (long)value
            : throw new MalformedException("expected integer of 64 bits with sign, found a larger one", start),
    };

    private double ReadFloat(Head head) => head.Code == Code.Float32
        ? BitConverter.UInt32BitsToSingle((uint)ReadBits(4))
        : BitConverter.UInt64BitsToDouble(ReadBits(8));

    private ulong ReadBits(int bytes)
    {
        ulong value = 0;
        foreach (var next in ReadSpan(bytes))
        {
            value = (value << 8) | next;
        }

        return value;
    }

    // -2^63 and 2^63 are exact as doubles; the upper one is no long any more. A NaN fails each comparison.
    private static long Integral(double value, long start) =>
        value >= long.MinValue && value < -(double)long.MinValue && value == Math.Truncate(value)
            ? (long)value
            : throw new MalformedException("expected integer, found float", start);
}
