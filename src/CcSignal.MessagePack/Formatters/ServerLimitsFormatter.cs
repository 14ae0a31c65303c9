using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>The limits a server enforces.</summary>
internal sealed class ServerLimitsFormatter : Formatter<ServerLimits>
{
    public static readonly ServerLimitsFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, ServerLimits value)
    {
        var record = writer.BeginRecord(mostFields: 7);
        writer.WriteField("maxRunning"u8, value.MaxRunning);
        writer.WriteField("maxQueued"u8, value.MaxQueued);
        writer.WriteField("maxMessageBytes"u8, value.MaxMessageBytes);
        writer.WriteField("maxInputChunkBytes"u8, value.MaxInputChunkBytes);
        writer.WriteField("maxOutputChunkBytes"u8, value.MaxOutputChunkBytes);
        writer.WriteField("maxStreamsPerConnection"u8, value.MaxStreamsPerConnection);
        writer.WriteField("maxArguments"u8, value.MaxArguments);
        writer.EndRecord(record);
    }

    public override ServerLimits Read(ref MessagePackReader reader)
    {
        int? maxRunning = null;
        int? maxQueued = null;
        int? maxMessageBytes = null;
        int? maxInputChunkBytes = null;
        int? maxOutputChunkBytes = null;
        int? maxStreamsPerConnection = null;
        int? maxArguments = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("maxRunning"u8, ref maxRunning)
                || reader.TryReadField("maxQueued"u8, ref maxQueued)
                || reader.TryReadField("maxMessageBytes"u8, ref maxMessageBytes)
                || reader.TryReadField("maxInputChunkBytes"u8, ref maxInputChunkBytes)
                || reader.TryReadField("maxOutputChunkBytes"u8, ref maxOutputChunkBytes)
                || reader.TryReadField("maxStreamsPerConnection"u8, ref maxStreamsPerConnection)
                || reader.TryReadField("maxArguments"u8, ref maxArguments)
                || reader.TrySkip();
        }

        return new ServerLimits
        {
            MaxRunning = maxRunning ?? throw record.Missing("maxRunning"),
            MaxQueued = maxQueued ?? throw record.Missing("maxQueued"),
            MaxMessageBytes = maxMessageBytes ?? throw record.Missing("maxMessageBytes"),
            MaxInputChunkBytes = maxInputChunkBytes ?? throw record.Missing("maxInputChunkBytes"),
            MaxOutputChunkBytes = maxOutputChunkBytes ?? throw record.Missing("maxOutputChunkBytes"),
            MaxStreamsPerConnection = maxStreamsPerConnection ?? throw record.Missing("maxStreamsPerConnection"),
            MaxArguments = maxArguments ?? throw record.Missing("maxArguments"),
        };
    }
}
