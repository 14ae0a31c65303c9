using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>An item of an execution's stream; of output, its bytes are copied once, into the frame.</summary>
internal sealed class ExecutionEventFormatter : Formatter<ExecutionEvent>
{
    public static readonly ExecutionEventFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, ExecutionEvent value)
    {
        var record = writer.BeginRecord(mostFields: 11);
        writer.WriteField("kind"u8, value.Kind, EnumFormatter<EventKind>.Instance);
        writer.WriteField("info"u8, value.Info, ExecutionInfoFormatter.Instance);
        writer.WriteField("subscription"u8, value.Subscription);
        writer.WriteField("sequence"u8, value.Sequence);
        writer.WriteField("stream"u8, value.Stream, EnumFormatter<OutputStream>.Instance);
        writer.WriteField("offset"u8, value.Offset);
        writer.WriteField("at"u8, value.At);
        writer.WriteField("data"u8, value.Data);
        writer.WriteField("code"u8, value.Code);
        writer.WriteField("message"u8, value.Message);
        writer.WriteField("bytes"u8, value.Bytes);
        writer.EndRecord(record);
    }

    public override ExecutionEvent Read(ref MessagePackReader reader)
    {
        EventKind? kind = null;
        ExecutionInfo? info = null;
        string? subscription = null;
        long? sequence = null;
        OutputStream? stream = null;
        long? offset = null;
        long? at = null;
        ReadOnlyMemory<byte>? data = null;
        string? code = null;
        string? message = null;
        long? bytes = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("kind"u8, ref kind, EnumFormatter<EventKind>.Instance)
                || reader.TryReadField("info"u8, ref info, ExecutionInfoFormatter.Instance)
                || reader.TryReadField("subscription"u8, ref subscription)
                || reader.TryReadField("sequence"u8, ref sequence)
                || reader.TryReadField("stream"u8, ref stream, EnumFormatter<OutputStream>.Instance)
                || reader.TryReadField("offset"u8, ref offset)
                || reader.TryReadField("at"u8, ref at)
                || reader.TryReadField("data"u8, ref data)
                || reader.TryReadField("code"u8, ref code)
                || reader.TryReadField("message"u8, ref message)
                || reader.TryReadField("bytes"u8, ref bytes)
                || reader.TrySkip();
        }

        return new ExecutionEvent
        {
            Kind = kind ?? throw record.Missing("kind"),
            Info = info,
            Subscription = subscription,
            Sequence = sequence,
            Stream = stream,
            Offset = offset,
            At = at,
            Data = data,
            Code = code,
            Message = message,
            Bytes = bytes,
        };
    }
}
