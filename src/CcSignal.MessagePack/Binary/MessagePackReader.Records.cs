namespace CcSignal.MessagePack.Binary;

/// <content>
/// Records: maps of fields, in any order. A field that is nil is as good as absent; one that nobody knows is passed over; of one that
/// comes twice the last counts, as in JSON.
/// </content>
internal ref partial struct MessagePackReader
{
    // The longest key of the contract has 23 bytes; those of environments and tags are read as strings.
    private const int MaxKeyBytes = 256;

    public RecordCursor BeginRecord() => new(Position, BeginMap());

    /// <summary>Moves to the next field that is set, its value comes next; at the end of the record it ends the map.</summary>
    public bool TryReadKey(ref RecordCursor record)
    {
        while (record.FieldsLeft-- > 0)
        {
            _key = ReadUtf8(MaxKeyBytes);
            if (!TryReadNil())
            {
                return true;
            }
        }

        End();
        return false;
    }

    /// <summary>Reads the value into <paramref name="value"/> if the field is called <paramref name="name"/>.</summary>
    public bool TryReadField(scoped ReadOnlySpan<byte> name, ref bool? value)
    {
        var found = _key.SequenceEqual(name);
        value = found ? ReadBoolean() : value;
        return found;
    }

    /// <inheritdoc cref="TryReadField(ReadOnlySpan{byte}, ref bool?)"/>
    public bool TryReadField(scoped ReadOnlySpan<byte> name, ref int? value)
    {
        var found = _key.SequenceEqual(name);
        value = found ? ReadInt32() : value;
        return found;
    }

    /// <inheritdoc cref="TryReadField(ReadOnlySpan{byte}, ref bool?)"/>
    public bool TryReadField(scoped ReadOnlySpan<byte> name, ref long? value)
    {
        var found = _key.SequenceEqual(name);
        value = found ? ReadInt64() : value;
        return found;
    }

    /// <inheritdoc cref="TryReadField(ReadOnlySpan{byte}, ref bool?)"/>
    public bool TryReadField(scoped ReadOnlySpan<byte> name, ref double? value)
    {
        var found = _key.SequenceEqual(name);
        value = found ? ReadDouble() : value;
        return found;
    }

    /// <inheritdoc cref="TryReadField(ReadOnlySpan{byte}, ref bool?)"/>
    public bool TryReadField(scoped ReadOnlySpan<byte> name, ref string? value)
    {
        var found = _key.SequenceEqual(name);
        value = found ? ReadString() : value;
        return found;
    }

    /// <inheritdoc cref="TryReadField(ReadOnlySpan{byte}, ref bool?)"/>
    public bool TryReadField(scoped ReadOnlySpan<byte> name, ref ReadOnlyMemory<byte>? value)
    {
        var found = _key.SequenceEqual(name);
        value = found ? ReadBinary() : value;
        return found;
    }

    /// <inheritdoc cref="TryReadField(ReadOnlySpan{byte}, ref bool?)"/>
    public bool TryReadField<T>(scoped ReadOnlySpan<byte> name, ref T? value, Formatter<T> formatter)
        where T : class
    {
        var found = _key.SequenceEqual(name);
        value = found ? formatter.Read(ref this) : value;
        return found;
    }

    /// <inheritdoc cref="TryReadField(ReadOnlySpan{byte}, ref bool?)"/>
    public bool TryReadField<T>(scoped ReadOnlySpan<byte> name, ref T? value, Formatter<T> formatter)
        where T : struct
    {
        var found = _key.SequenceEqual(name);
        value = found ? formatter.Read(ref this) : value;
        return found;
    }

    /// <summary>Passes over the value of a field that nobody knows.</summary>
    public bool TrySkip()
    {
        Skip();
        return true;
    }
}
