namespace CcSignal.MessagePack.Binary;

/// <summary>The beginning of a value: its first byte and how much follows.</summary>
/// <param name="Code">The first byte.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Values inside, of an array; pairs, of a map; else the bytes that follow.</param>
internal readonly record struct Head(byte Code, Kind Kind, long Length)
{
    /// <summary>The values inside, of a container.</summary>
    public long Children => Kind switch
    {
        Kind.Array => Length,
        Kind.Map => 2 * Length,
        _ => 0,
    };

    public bool IsContainer => Kind is Kind.Array or Kind.Map;

    /// <summary>The fewest bytes in which what follows can stand.</summary>
    public long LeastBytes => IsContainer ? Children : Length;
}
