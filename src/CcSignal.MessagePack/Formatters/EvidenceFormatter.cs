using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>A place in a recording.</summary>
internal sealed class EvidenceFormatter : Formatter<Evidence>
{
    public static readonly EvidenceFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, Evidence value)
    {
        var record = writer.BeginRecord(mostFields: 4);
        writer.WriteField("stream"u8, value.Stream, EnumFormatter<OutputStream>.Instance);
        writer.WriteField("offset"u8, value.Offset);
        writer.WriteField("length"u8, value.Length);
        writer.WriteField("text"u8, value.Text);
        writer.EndRecord(record);
    }

    public override Evidence Read(ref MessagePackReader reader)
    {
        OutputStream? stream = null;
        long? offset = null;
        int? length = null;
        string? text = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("stream"u8, ref stream, EnumFormatter<OutputStream>.Instance)
                || reader.TryReadField("offset"u8, ref offset)
                || reader.TryReadField("length"u8, ref length)
                || reader.TryReadField("text"u8, ref text)
                || reader.TrySkip();
        }

        return new Evidence(
            stream ?? throw record.Missing("stream"),
            offset ?? throw record.Missing("offset"),
            length ?? throw record.Missing("length"),
            text ?? throw record.Missing("text"));
    }
}
