using CcSignal.MessagePack.Binary;
using CcSignal.MessagePack.Formatters;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CcSignal.MessagePack.Messages;

/// <summary>An argument, an item or a result.</summary>
internal static class ValueFormat
{
    public static void Write(ref MessagePackWriter writer, object? value)
    {
        if (value is RawResult raw)
        {
            foreach (var segment in raw.RawSerializedData)
            {
                writer.WriteRaw(segment.Span);
            }
        }
        else
        {
            FormatterTable.Write(ref writer, value);
        }
    }

    /// <summary>Reads a value of <paramref name="type"/>; the error of one that does not fit names the place in it.</summary>
    public static object? Read(ref MessagePackReader reader, Type type)
    {
        var start = reader;
        try
        {
            // A server passes the answer of a client on to another server as it came.
            return type == typeof(RawResult) ? new RawResult(reader.ReadRaw()) : FormatterTable.Read(ref reader, type);
        }
        catch (MalformedException malformed)
        {
            var path = ValuePath.To(start, malformed.Position);
            throw new InvalidDataException(path.Length == 0 ? malformed.Message : $"{path}: {malformed.Message}", malformed);
        }
    }
}
