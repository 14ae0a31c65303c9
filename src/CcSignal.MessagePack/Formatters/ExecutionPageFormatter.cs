using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>A page of executions.</summary>
internal sealed class ExecutionPageFormatter : Formatter<ExecutionPage>
{
    public static readonly ExecutionPageFormatter Instance = new();

    private static readonly ListFormatter<ExecutionInfo> Items = new(ExecutionInfoFormatter.Instance);

    public override void Write(ref MessagePackWriter writer, ExecutionPage value)
    {
        var record = writer.BeginRecord(mostFields: 2);
        writer.WriteField("items"u8, value.Items, Items);

        // Always there: nil says that this was the last page.
        writer.WriteKey("next"u8);
        FormatterTable.Write(ref writer, value.Next);
        writer.EndRecord(record);
    }

    public override ExecutionPage Read(ref MessagePackReader reader)
    {
        IReadOnlyList<ExecutionInfo>? items = null;
        string? next = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("items"u8, ref items, Items)
                || reader.TryReadField("next"u8, ref next)
                || reader.TrySkip();
        }

        return new ExecutionPage(
            items ?? throw record.Missing("items"),
            next);
    }
}
