using System.Buffers;

namespace CcSignal.MessagePack.Binary;

/// <summary>
/// Reads MessagePack from anyone. It goes at most <see cref="MaxDepth"/> levels deep, without recursion of its own, and believes no
/// length before so many bytes are there; whatever does not fit is a <see cref="MalformedException"/>.
/// </summary>
internal ref partial struct MessagePackReader
{
    /// <summary>Levels of arrays and maps in one message, its own included; as in JSON.</summary>
    public const int MaxDepth = 32;

    private SequenceReader<byte> _reader;
    private int _depth;
    private ReadOnlySpan<byte> _key;

    public MessagePackReader(in ReadOnlySequence<byte> payload) => _reader = new SequenceReader<byte>(payload);

    /// <summary>How many bytes were read.</summary>
    public readonly long Position => _reader.Consumed;

    /// <summary>All of the message, what was read and what was not.</summary>
    public readonly ReadOnlySequence<byte> Payload => _reader.Sequence;

    /// <summary>Reads nil, if that is what comes.</summary>
    public bool TryReadNil() => _reader.IsNext(Code.Nil, advancePast: true);

    public bool ReadBoolean()
    {
        var start = Position;
        return Expect(Kind.Boolean, "boolean", start).Code == Code.True;
    }

    public string ReadString()
    {
        var start = Position;
        var length = Expect(Kind.String, "string", start).Length;
        return Decode(ReadSpan((int)length), start);
    }

    public string? ReadStringOrNil() => TryReadNil() ? null : ReadString();

    /// <summary>Reads a short string as it stands, without making one; valid until the message is given back.</summary>
    /// <param name="maxLength">In bytes.</param>
    public ReadOnlySpan<byte> ReadUtf8(int maxLength)
    {
        var start = Position;
        var length = Expect(Kind.String, "string", start).Length;
        return length <= maxLength
            ? ReadSpan((int)length)
            : throw new MalformedException($"a string of {length} bytes stands where at most {maxLength} are allowed", start);
    }

    /// <summary>Reads bytes into memory of their own, exactly as large.</summary>
    public byte[] ReadBinary()
    {
        var start = Position;
        var length = Expect(Kind.Binary, "binary", start).Length;
        var value = GC.AllocateUninitializedArray<byte>((int)length);
        _reader.TryCopyTo(value);
        _reader.Advance(length);
        return value;
    }

    /// <summary>What comes next, without reading it.</summary>
    public Kind PeekKind()
    {
        var ahead = this;
        return ahead.ReadHead(Position).Kind;
    }

    public static string Decode(ReadOnlySpan<byte> utf8, long start)
    {
        try
        {
            return Utf8.Strict.GetString(utf8);
        }
        catch (System.Text.DecoderFallbackException)
        {
            throw new MalformedException("a string is not valid UTF-8", start);
        }
    }

    private Head Expect(Kind kind, string expected, long start)
    {
        var head = ReadHead(start);
        return head.Kind == kind ? head : throw Unexpected(expected, head.Kind, start);
    }

    private static MalformedException Unexpected(string expected, Kind found, long start) =>
        new($"expected {expected}, found {Name(found)}", start);

    // The bytes are there: ReadHead has seen to it. Seldom do they lie in two segments; only then they are copied.
    private ReadOnlySpan<byte> ReadSpan(int length)
    {
        var span = _reader.UnreadSpan;
        if (span.Length >= length)
        {
            span = span[..length];
        }
        else
        {
            var copy = new byte[length];
            _reader.TryCopyTo(copy);
            span = copy;
        }

        _reader.Advance(length);
        return span;
    }

    private static string Name(Kind kind) => kind switch
    {
        Kind.Nil => "nil",
        Kind.Boolean => "boolean",
        Kind.Integer => "integer",
        Kind.Float => "float",
        Kind.String => "string",
        Kind.Binary => "binary",
        Kind.Array => "array",
        Kind.Map => "map",
        _ => "extension",
    };
}
