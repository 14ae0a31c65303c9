using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>True or false.</summary>
internal sealed class BooleanFormatter : Formatter<bool>
{
    public static readonly BooleanFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, bool value) => writer.WriteBoolean(value);

    public override bool Read(ref MessagePackReader reader) => reader.ReadBoolean();
}
