using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>When to run again.</summary>
internal sealed class RetryPolicyFormatter : Formatter<RetryPolicy>
{
    public static readonly RetryPolicyFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, RetryPolicy value)
    {
        var record = writer.BeginRecord(mostFields: 2);
        writer.WriteField("maxAttempts"u8, value.MaxAttempts);
        writer.WriteField("causes"u8, value.Causes, StringFormatter.List);
        writer.EndRecord(record);
    }

    public override RetryPolicy Read(ref MessagePackReader reader)
    {
        int? maxAttempts = null;
        IReadOnlyList<string>? causes = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("maxAttempts"u8, ref maxAttempts)
                || reader.TryReadField("causes"u8, ref causes, StringFormatter.List)
                || reader.TrySkip();
        }

        return new RetryPolicy(
            maxAttempts ?? throw record.Missing("maxAttempts"),
            causes ?? throw record.Missing("causes"));
    }
}
