using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>Bytes: read into memory of their own, since the message is given back before they are used.</summary>
internal sealed class MemoryFormatter : Formatter<ReadOnlyMemory<byte>>
{
    public static readonly MemoryFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> value) => writer.WriteBinary(value.Span);

    public override ReadOnlyMemory<byte> Read(ref MessagePackReader reader) => reader.ReadBinary();
}
