using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>How to follow.</summary>
internal sealed class FollowOptionsFormatter : Formatter<FollowOptions>
{
    public static readonly FollowOptionsFormatter Instance = new();

    // Where the defaults of fields that are absent come from.
    private static readonly FollowOptions Blank = new();

    public override void Write(ref MessagePackWriter writer, FollowOptions value)
    {
        var record = writer.BeginRecord(mostFields: 4);
        writer.WriteField("fromSequence"u8, value.FromSequence);
        writer.WriteField("subscription"u8, value.Subscription);
        writer.WriteField("windowBytes"u8, value.WindowBytes);
        writer.WriteField("mode"u8, value.Mode, EnumFormatter<FollowMode>.Instance);
        writer.EndRecord(record);
    }

    public override FollowOptions Read(ref MessagePackReader reader)
    {
        long? fromSequence = null;
        string? subscription = null;
        long? windowBytes = null;
        FollowMode? mode = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("fromSequence"u8, ref fromSequence)
                || reader.TryReadField("subscription"u8, ref subscription)
                || reader.TryReadField("windowBytes"u8, ref windowBytes)
                || reader.TryReadField("mode"u8, ref mode, EnumFormatter<FollowMode>.Instance)
                || reader.TrySkip();
        }

        return new FollowOptions
        {
            FromSequence = fromSequence ?? Blank.FromSequence,
            Subscription = subscription,
            WindowBytes = windowBytes ?? Blank.WindowBytes,
            Mode = mode ?? Blank.Mode,
        };
    }
}
