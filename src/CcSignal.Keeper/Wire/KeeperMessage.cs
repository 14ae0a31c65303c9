using System.Buffers.Binary;

namespace CcSignal.Keeper.Wire;

/// <summary>
/// One message: <see cref="Size"/> bytes, little endian. Later versions may only append: a keeper outlives its servers, so an old one reads the
/// beginning of what a new server says, and passes over kinds that it does not know.
/// </summary>
internal readonly record struct KeeperMessage
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 64;

    /// <summary>Descriptors that one message may carry.</summary>
    public const int MaxDescriptors = 8;

    private const byte Version = 1;
    private const byte HasStatus = 1;
    private const byte IsExit = 2;

    /// <summary>What it says.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>The execution; 0 where it is about none.</summary>
    public long Number { get; init; }

    /// <summary>Its process; 0: none is known.</summary>
    public int ProcessId { get; init; }

    /// <summary><see cref="MessageKind.Started"/>: the clock (CLOCK_MONOTONIC, nanoseconds) before the process was made.</summary>
    public long SpawnedAt { get; init; }

    /// <summary>When it started, Unix milliseconds; 0: not known.</summary>
    public long StartedAt { get; init; }

    /// <summary>How its process ended; null: it lives, or nobody knows.</summary>
    public ExitStatus? Status { get; init; }

    /// <summary>The roles of the descriptors that come with it, one byte each from the lowest; 0 after the last.</summary>
    public ulong Roles { get; init; }

    /// <summary>How many descriptors come with it.</summary>
    public int DescriptorCount
    {
        get
        {
            var count = 0;
            while (count < MaxDescriptors && RoleAt(count) != 0)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>The role of one of them.</summary>
    public DescriptorRole RoleAt(int index) => (DescriptorRole)(byte)(Roles >> (8 * index));

    /// <summary>Roles in one word.</summary>
    public static ulong Pack(params ReadOnlySpan<DescriptorRole> roles)
    {
        var packed = 0UL;
        for (var i = 0; i < roles.Length; i++)
        {
            packed |= (ulong)roles[i] << (8 * i);
        }

        return packed;
    }

    /// <summary>Writes it to the first <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        destination[..Size].Clear();
        destination[0] = Version;
        destination[1] = (byte)Kind;
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], ProcessId);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], Number);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Roles);
        BinaryPrimitives.WriteInt64LittleEndian(destination[24..], SpawnedAt);
        BinaryPrimitives.WriteInt64LittleEndian(destination[32..], StartedAt);
        if (Status is { } status)
        {
            destination[2] = (byte)(HasStatus | (status.IsExit ? IsExit : 0));
            BinaryPrimitives.WriteInt32LittleEndian(destination[40..], status.Value);
            BinaryPrimitives.WriteInt64LittleEndian(destination[48..], status.CpuMicroseconds);
            BinaryPrimitives.WriteInt64LittleEndian(destination[56..], status.MaxRssBytes);
        }
    }

    /// <summary>Reads it; false: it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out KeeperMessage message)
    {
        message = default;
        if (source.Length < Size || source[0] < Version)
        {
            return false;
        }

        var flags = source[2];
        message = new KeeperMessage
        {
            Kind = (MessageKind)source[1],
            ProcessId = BinaryPrimitives.ReadInt32LittleEndian(source[4..]),
            Number = BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
            Roles = BinaryPrimitives.ReadUInt64LittleEndian(source[16..]),
            SpawnedAt = BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
            StartedAt = BinaryPrimitives.ReadInt64LittleEndian(source[32..]),
            Status = (flags & HasStatus) == 0
                ? null
                : new ExitStatus(
                    (flags & IsExit) != 0,
                    BinaryPrimitives.ReadInt32LittleEndian(source[40..]),
                    BinaryPrimitives.ReadInt64LittleEndian(source[48..]),
                    BinaryPrimitives.ReadInt64LittleEndian(source[56..])),
        };
        return true;
    }
}
