using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>An integer of 64 bits.</summary>
internal sealed class Int64Formatter : Formatter<long>
{
    public static readonly Int64Formatter Instance = new();

    public override void Write(ref MessagePackWriter writer, long value) => writer.WriteInteger(value);

    public override long Read(ref MessagePackReader reader) => reader.ReadInt64();
}
