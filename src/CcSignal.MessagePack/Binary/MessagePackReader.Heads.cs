using System.Buffers;

namespace CcSignal.MessagePack.Binary;

/// <content>The beginning of each value; what it declares is held against the bytes that are there before anyone acts on it.</content>
internal ref partial struct MessagePackReader
{
    private Head ReadHead(long start)
    {
        var code = ReadByte(start);
        var head = code switch
        {
            <= Code.MaxPositiveFixInt or >= Code.MinNegativeFixInt => new Head(code, Kind.Integer, 0),
            <= Code.MaxFixMap => new Head(code, Kind.Map, code - Code.FixMap),
            <= Code.MaxFixArray => new Head(code, Kind.Array, code - Code.FixArray),
            <= Code.MaxFixString => new Head(code, Kind.String, code - Code.FixString),
            Code.Nil => new Head(code, Kind.Nil, 0),
            Code.False or Code.True => new Head(code, Kind.Boolean, 0),
            Code.Float32 => new Head(code, Kind.Float, 4),
            Code.Float64 => new Head(code, Kind.Float, 8),
            >= Code.UInt8 and <= Code.UInt64 => new Head(code, Kind.Integer, 1 << (code - Code.UInt8)),
            >= Code.Int8 and <= Code.Int64 => new Head(code, Kind.Integer, 1 << (code - Code.Int8)),
            >= Code.FixExtension1 and <= Code.FixExtension16 => new Head(code, Kind.Extension, 1 + (1 << (code - Code.FixExtension1))),
            Code.Binary8 => new Head(code, Kind.Binary, ReadByte(start)),
            Code.Binary16 => new Head(code, Kind.Binary, ReadUInt16(start)),
            Code.Binary32 => new Head(code, Kind.Binary, ReadUInt32(start)),
            Code.String8 => new Head(code, Kind.String, ReadByte(start)),
            Code.String16 => new Head(code, Kind.String, ReadUInt16(start)),
            Code.String32 => new Head(code, Kind.String, ReadUInt32(start)),
            Code.Array16 => new Head(code, Kind.Array, ReadUInt16(start)),
            Code.Array32 => new Head(code, Kind.Array, ReadUInt32(start)),
            Code.Map16 => new Head(code, Kind.Map, ReadUInt16(start)),
            Code.Map32 => new Head(code, Kind.Map, ReadUInt32(start)),
            Code.Extension8 => new Head(code, Kind.Extension, 1L + ReadByte(start)),
            Code.Extension16 => new Head(code, Kind.Extension, 1L + ReadUInt16(start)),
            Code.Extension32 => new Head(code, Kind.Extension, 1L + ReadUInt32(start)),
            _ => throw new MalformedException($"0x{code:X2} begins no value", start),
        };

        return head.LeastBytes <= _reader.Remaining
            ? head
            : throw new MalformedException($"{Name(head.Kind)} of length {head.Length} declared, {_reader.Remaining} bytes are left", start);
    }

    private byte ReadByte(long start) => _reader.TryRead(out var value) ? value : throw Truncated(start);

    private ushort ReadUInt16(long start) => _reader.TryReadBigEndian(out short value) ? (ushort)value : throw Truncated(start);

    private uint ReadUInt32(long start) => _reader.TryReadBigEndian(out int value) ? (uint)value : throw Truncated(start);

    private static MalformedException Truncated(long start) => new("the message ends where a value should stand", start);
}
