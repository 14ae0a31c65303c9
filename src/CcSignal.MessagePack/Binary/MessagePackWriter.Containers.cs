using System.Buffers.Binary;
namespace CcSignal.MessagePack.Binary;

/// <content>Arrays, maps, and records: maps of the fields that are set.</content>
internal ref partial struct MessagePackWriter
{
    public void BeginArray(int count)
    {
        Enter();
        if (count <= Code.MaxFixArray - Code.FixArray)
        {
            WriteByte((byte)(Code.FixArray | count));
        }
        else
        {
            WriteHead16Or32(Code.Array16, Code.Array32, count);
        }
    }

    public void BeginMap(int count)
    {
        Enter();
        if (count <= Code.MaxFixMap - Code.FixMap)
        {
            WriteByte((byte)(Code.FixMap | count));
        }
        else
        {
            WriteHead16Or32(Code.Map16, Code.Map32, count);
        }
    }

    /// <summary>Ends an array or a map.</summary>
    public void End() => _depth--;

    /// <summary>
    /// Begins a record of at most <paramref name="mostFields"/> fields. How many are set shows when they are written, so the head is
    /// left open until <see cref="EndRecord"/>; where 15 may not be enough it takes the longer form.
    /// </summary>
    public RecordMark BeginRecord(int mostFields)
    {
        Enter();
        var mark = new RecordMark(Length, IsLong: mostFields > Code.MaxFixMap - Code.FixMap, _fields);
        _fields = 0;
        TryReserve(mark.IsLong ? 3 : 1, out _);
        return mark;
    }

    public void EndRecord(RecordMark mark)
    {
        if (!_counts && mark.IsLong)
        {
            _target[mark.Start] = Code.Map16;
            BinaryPrimitives.WriteUInt16BigEndian(_target[(mark.Start + 1)..], (ushort)_fields);
        }
        else if (!_counts)
        {
            _target[mark.Start] = (byte)(Code.FixMap | _fields);
        }

        _fields = mark.OuterFields;
        End();
    }

    /// <summary>Writes a field that is always there; what follows is its value.</summary>
    public void WriteKey(ReadOnlySpan<byte> key)
    {
        _fields++;
        WriteString(key);
    }

    public void WriteField(ReadOnlySpan<byte> key, bool value)
    {
        WriteKey(key);
        WriteBoolean(value);
    }

    public void WriteField(ReadOnlySpan<byte> key, long? value)
    {
        if (value is { } present)
        {
            WriteKey(key);
            WriteInteger(present);
        }
    }

    public void WriteField(ReadOnlySpan<byte> key, double? value)
    {
        if (value is { } present)
        {
            WriteKey(key);
            WriteDouble(present);
        }
    }

    public void WriteField(ReadOnlySpan<byte> key, string? value)
    {
        if (value is not null)
        {
            WriteKey(key);
            WriteString(value);
        }
    }

    public void WriteField(ReadOnlySpan<byte> key, ReadOnlyMemory<byte>? value)
    {
        if (value is { } present)
        {
            WriteKey(key);
            WriteBinary(present.Span);
        }
    }

    public void WriteField<T>(ReadOnlySpan<byte> key, T? value, Formatter<T> formatter)
        where T : class
    {
        if (value is not null)
        {
            WriteKey(key);
            formatter.Write(ref this, value);
        }
    }

    public void WriteField<T>(ReadOnlySpan<byte> key, T? value, Formatter<T> formatter)
        where T : struct
    {
        if (value is { } present)
        {
            WriteKey(key);
            formatter.Write(ref this, present);
        }
    }

    // Our own records are flat; this stops an object that holds itself.
    private void Enter()
    {
        if (++_depth > MessagePackReader.MaxDepth)
        {
            throw new InvalidOperationException($"A value is nested deeper than {MessagePackReader.MaxDepth} levels.");
        }
    }
}
