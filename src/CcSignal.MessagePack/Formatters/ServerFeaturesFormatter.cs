using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>What is in force on a machine.</summary>
internal sealed class ServerFeaturesFormatter : Formatter<ServerFeatures>
{
    public static readonly ServerFeaturesFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, ServerFeatures value)
    {
        var record = writer.BeginRecord(mostFields: 5);
        writer.WriteField("launcher"u8, value.Launcher);
        writer.WriteField("keeper"u8, value.Keeper);
        writer.WriteField("cgroup"u8, value.Cgroup);
        writer.WriteField("terminals"u8, value.Terminals);
        writer.WriteField("limits"u8, value.Limits, StringFormatter.List);
        writer.EndRecord(record);
    }

    public override ServerFeatures Read(ref MessagePackReader reader)
    {
        string? launcher = null;
        bool? keeper = null;
        string? cgroup = null;
        bool? terminals = null;
        IReadOnlyList<string>? limits = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("launcher"u8, ref launcher)
                || reader.TryReadField("keeper"u8, ref keeper)
                || reader.TryReadField("cgroup"u8, ref cgroup)
                || reader.TryReadField("terminals"u8, ref terminals)
                || reader.TryReadField("limits"u8, ref limits, StringFormatter.List)
                || reader.TrySkip();
        }

        return new ServerFeatures
        {
            Launcher = launcher ?? throw record.Missing("launcher"),
            Keeper = keeper ?? throw record.Missing("keeper"),
            Cgroup = cgroup ?? throw record.Missing("cgroup"),
            Terminals = terminals ?? throw record.Missing("terminals"),
            Limits = limits ?? throw record.Missing("limits"),
        };
    }
}
