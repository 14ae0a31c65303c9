using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>The size of a terminal.</summary>
internal sealed class TerminalSizeFormatter : Formatter<TerminalSize>
{
    public static readonly TerminalSizeFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, TerminalSize value)
    {
        var record = writer.BeginRecord(mostFields: 2);
        writer.WriteField("columns"u8, value.Columns);
        writer.WriteField("rows"u8, value.Rows);
        writer.EndRecord(record);
    }

    public override TerminalSize Read(ref MessagePackReader reader)
    {
        int? columns = null;
        int? rows = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("columns"u8, ref columns)
                || reader.TryReadField("rows"u8, ref rows)
                || reader.TrySkip();
        }

        return new TerminalSize(
            columns ?? throw record.Missing("columns"),
            rows ?? throw record.Missing("rows"));
    }
}
