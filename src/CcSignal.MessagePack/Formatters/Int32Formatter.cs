using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>An integer of 32 bits.</summary>
internal sealed class Int32Formatter : Formatter<int>
{
    public static readonly Int32Formatter Instance = new();

    public override void Write(ref MessagePackWriter writer, int value) => writer.WriteInteger(value);

    public override int Read(ref MessagePackReader reader) => reader.ReadInt32();
}
