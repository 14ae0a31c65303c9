using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>
/// A value whose type nobody named: read as null, <see cref="bool"/>, <see cref="long"/> (<see cref="ulong"/> above it),
/// <see cref="double"/>, <see cref="string"/>, bytes, an array of such, or a dictionary of such by text. Extensions are refused.
/// </summary>
internal sealed class ObjectFormatter : Formatter
{
    public static readonly ObjectFormatter Instance = new();

    public override void WriteObject(ref MessagePackWriter writer, object value)
    {
        switch (value)
        {
            case ulong integer:
                writer.WriteInteger(integer);
                break;
            case object?[] items:
                WriteArray(ref writer, items);
                break;
            case IReadOnlyDictionary<string, object?> fields:
                WriteMap(ref writer, fields);
                break;
            default:
                throw new NotSupportedException($"A {value.GetType()} has no form of its own in MessagePack.");
        }
    }

    // As deep as the reader goes, 32 levels, and not deeper.
    public override object? ReadObject(ref MessagePackReader reader) => reader.PeekKind() switch
    {
        Kind.Nil when reader.TryReadNil() => null,
        Kind.Boolean => reader.ReadBoolean(),
        Kind.Integer => reader.ReadAnyInteger(),
        Kind.Float => reader.ReadDouble(),
        Kind.String => reader.ReadString(),
        Kind.Binary => reader.ReadBinary(),
        Kind.Array => ReadArray(ref reader),
        Kind.Map => ReadMap(ref reader),
        _ => throw new MalformedException("expected a value without extensions, found extension", reader.Position),
    };

    private static void WriteArray(ref MessagePackWriter writer, object?[] items)
    {
        writer.BeginArray(items.Length);
        foreach (var item in items)
        {
            FormatterTable.Write(ref writer, item);
        }

        writer.End();
    }

    private static void WriteMap(ref MessagePackWriter writer, IReadOnlyDictionary<string, object?> fields)
    {
        writer.BeginMap(fields.Count);
        foreach (var (name, field) in fields)
        {
            writer.WriteString(name);
            FormatterTable.Write(ref writer, field);
        }

        writer.End();
    }

    private object?[] ReadArray(ref MessagePackReader reader)
    {
        var items = new object?[reader.BeginArray()];
        for (var index = 0; index < items.Length; index++)
        {
            items[index] = ReadObject(ref reader);
        }

        reader.End();
        return items;
    }

    private Dictionary<string, object?> ReadMap(ref MessagePackReader reader)
    {
        var fields = new Dictionary<string, object?>();
        for (var count = reader.BeginMap(); count > 0; count--)
        {
            var name = reader.ReadString();
            fields[name] = ReadObject(ref reader);
        }

        reader.End();
        return fields;
    }
}
