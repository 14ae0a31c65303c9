using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>Bytes.</summary>
internal sealed class ByteArrayFormatter : Formatter<byte[]>
{
    public static readonly ByteArrayFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, byte[] value) => writer.WriteBinary(value);

    public override byte[] Read(ref MessagePackReader reader) => reader.ReadBinary();
}
