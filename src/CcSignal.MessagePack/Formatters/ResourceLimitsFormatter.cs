using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>Limits of a process tree.</summary>
internal sealed class ResourceLimitsFormatter : Formatter<ResourceLimits>
{
    public static readonly ResourceLimitsFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, ResourceLimits value)
    {
        var record = writer.BeginRecord(mostFields: 4);
        writer.WriteField("memoryBytes"u8, value.MemoryBytes);
        writer.WriteField("processes"u8, value.Processes);
        writer.WriteField("openFiles"u8, value.OpenFiles);
        writer.WriteField("cpuSeconds"u8, value.CpuSeconds);
        writer.EndRecord(record);
    }

    public override ResourceLimits Read(ref MessagePackReader reader)
    {
        long? memoryBytes = null;
        int? processes = null;
        int? openFiles = null;
        double? cpuSeconds = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("memoryBytes"u8, ref memoryBytes)
                || reader.TryReadField("processes"u8, ref processes)
                || reader.TryReadField("openFiles"u8, ref openFiles)
                || reader.TryReadField("cpuSeconds"u8, ref cpuSeconds)
                || reader.TrySkip();
        }

        return new ResourceLimits
        {
            MemoryBytes = memoryBytes,
            Processes = processes,
            OpenFiles = openFiles,
            CpuSeconds = cpuSeconds,
        };
    }
}
