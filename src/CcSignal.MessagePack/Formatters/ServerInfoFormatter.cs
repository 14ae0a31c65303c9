using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>What a server is.</summary>
internal sealed class ServerInfoFormatter : Formatter<ServerInfo>
{
    public static readonly ServerInfoFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, ServerInfo value)
    {
        var record = writer.BeginRecord(mostFields: 8);
        writer.WriteField("version"u8, value.Version);
        writer.WriteField("node"u8, value.Node);
        writer.WriteField("processId"u8, value.ProcessId);
        writer.WriteField("keeperProcessId"u8, value.KeeperProcessId);
        writer.WriteField("startedAt"u8, value.StartedAt);
        writer.WriteField("limits"u8, value.Limits, ServerLimitsFormatter.Instance);
        writer.WriteField("profiles"u8, value.Profiles, StringFormatter.List);
        writer.WriteField("features"u8, value.Features, ServerFeaturesFormatter.Instance);
        writer.EndRecord(record);
    }

    public override ServerInfo Read(ref MessagePackReader reader)
    {
        string? version = null;
        string? node = null;
        int? processId = null;
        int? keeperProcessId = null;
        long? startedAt = null;
        ServerLimits? limits = null;
        IReadOnlyList<string>? profiles = null;
        ServerFeatures? features = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("version"u8, ref version)
                || reader.TryReadField("node"u8, ref node)
                || reader.TryReadField("processId"u8, ref processId)
                || reader.TryReadField("keeperProcessId"u8, ref keeperProcessId)
                || reader.TryReadField("startedAt"u8, ref startedAt)
                || reader.TryReadField("limits"u8, ref limits, ServerLimitsFormatter.Instance)
                || reader.TryReadField("profiles"u8, ref profiles, StringFormatter.List)
                || reader.TryReadField("features"u8, ref features, ServerFeaturesFormatter.Instance)
                || reader.TrySkip();
        }

        return new ServerInfo
        {
            Version = version ?? throw record.Missing("version"),
            Node = node ?? throw record.Missing("node"),
            ProcessId = processId ?? throw record.Missing("processId"),
            KeeperProcessId = keeperProcessId,
            StartedAt = startedAt ?? throw record.Missing("startedAt"),
            Limits = limits ?? throw record.Missing("limits"),
            Profiles = profiles ?? throw record.Missing("profiles"),
            Features = features ?? throw record.Missing("features"),
        };
    }
}
