using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>Text.</summary>
internal sealed class StringFormatter : Formatter<string>
{
    public static readonly StringFormatter Instance = new();

    /// <summary>Texts in order.</summary>
    public static readonly ListFormatter<string> List = new(Instance);

    public override void Write(ref MessagePackWriter writer, string value) => writer.WriteString(value);

    public override string Read(ref MessagePackReader reader) => reader.ReadString();
}
