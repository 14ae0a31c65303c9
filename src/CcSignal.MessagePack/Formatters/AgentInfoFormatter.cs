using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>Facts of an agent.</summary>
internal sealed class AgentInfoFormatter : Formatter<AgentInfo>
{
    public static readonly AgentInfoFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, AgentInfo value)
    {
        var record = writer.BeginRecord(mostFields: 7);
        writer.WriteField("adapter"u8, value.Adapter);
        writer.WriteField("sessionId"u8, value.SessionId);
        writer.WriteField("model"u8, value.Model);
        writer.WriteField("turns"u8, value.Turns);
        writer.WriteField("inputTokens"u8, value.InputTokens);
        writer.WriteField("outputTokens"u8, value.OutputTokens);
        writer.WriteField("costUsd"u8, value.CostUsd);
        writer.EndRecord(record);
    }

    public override AgentInfo Read(ref MessagePackReader reader)
    {
        string? adapter = null;
        string? sessionId = null;
        string? model = null;
        int? turns = null;
        long? inputTokens = null;
        long? outputTokens = null;
        double? costUsd = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("adapter"u8, ref adapter)
                || reader.TryReadField("sessionId"u8, ref sessionId)
                || reader.TryReadField("model"u8, ref model)
                || reader.TryReadField("turns"u8, ref turns)
                || reader.TryReadField("inputTokens"u8, ref inputTokens)
                || reader.TryReadField("outputTokens"u8, ref outputTokens)
                || reader.TryReadField("costUsd"u8, ref costUsd)
                || reader.TrySkip();
        }

        return new AgentInfo
        {
            Adapter = adapter ?? throw record.Missing("adapter"),
            SessionId = sessionId,
            Model = model,
            Turns = turns,
            InputTokens = inputTokens,
            OutputTokens = outputTokens,
            CostUsd = costUsd,
        };
    }
}
