using System.Buffers;

namespace CcSignal.MessagePack.Binary;

/// <content>Arrays, maps, and whatever is passed over.</content>
internal ref partial struct MessagePackReader
{
    /// <summary>Begins an array and returns how many values it holds; after them comes <see cref="End"/>.</summary>
    public int BeginArray()
    {
        var start = Position;
        return Enter(Expect(Kind.Array, "array", start), start);
    }

    /// <summary>Begins a map and returns how many pairs it holds; after them comes <see cref="End"/>.</summary>
    public int BeginMap()
    {
        var start = Position;
        return Enter(Expect(Kind.Map, "map", start), start);
    }

    /// <summary>Ends an array or a map.</summary>
    public void End() => _depth--;

    /// <summary>Passes over one value of any kind.</summary>
    public void Skip()
    {
        // How many values are still to come at each level; a container is one value of the level around it.
        Span<long> left = stackalloc long[MaxDepth];
        var level = 0;
        do
        {
            var start = Position;
            var head = ReadFlat();
            if (head.IsContainer && _depth + level >= MaxDepth)
            {
                throw TooDeep(start);
            }

            if (head.Children > 0)
            {
                left[level++] = head.Children;
                continue;
            }

            while (level > 0 && --left[level - 1] == 0)
            {
                level--;
            }
        }
        while (level > 0);
    }

    /// <summary>Passes over the head of an array or a map, and over the whole of any other value.</summary>
    public Head ReadFlat()
    {
        var head = ReadHead(Position);
        _reader.Advance(head.IsContainer ? 0 : head.Length);
        return head;
    }

    /// <summary>Passes over one value and returns its bytes, in the message's own memory.</summary>
    public ReadOnlySequence<byte> ReadRaw()
    {
        var start = _reader.Position;
        Skip();
        return _reader.Sequence.Slice(start, _reader.Position);
    }

    private int Enter(Head head, long start) => ++_depth <= MaxDepth ? (int)head.Length : throw TooDeep(start);

    private static MalformedException TooDeep(long start) => new($"arrays and maps are nested deeper than {MaxDepth} levels", start);
}
