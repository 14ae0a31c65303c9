using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>A number.</summary>
internal sealed class DoubleFormatter : Formatter<double>
{
    public static readonly DoubleFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, double value) => writer.WriteDouble(value);

    public override double Read(ref MessagePackReader reader) => reader.ReadDouble();
}
