using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>What is known of an execution.</summary>
internal sealed class ExecutionInfoFormatter : Formatter<ExecutionInfo>
{
    public static readonly ExecutionInfoFormatter Instance = new();

    // Where the defaults of fields that are absent come from.
    private static readonly ExecutionInfo Blank = new()
    {
        Id = "",
        Profile = "",
        Command = "",
        Arguments = [],
        WorkingDirectory = "",
        Owner = "",
        Node = "",
        State = ExecutionState.Queued,
        QueuedAt = 0,
    };

    public override void Write(ref MessagePackWriter writer, ExecutionInfo value)
    {
        var record = writer.BeginRecord(mostFields: 24);
        writer.WriteField("id"u8, value.Id);
        writer.WriteField("profile"u8, value.Profile);
        writer.WriteField("command"u8, value.Command);
        writer.WriteField("arguments"u8, value.Arguments, StringFormatter.List);
        writer.WriteField("workingDirectory"u8, value.WorkingDirectory);
        writer.WriteField("terminal"u8, value.Terminal, TerminalSizeFormatter.Instance);
        writer.WriteField("owner"u8, value.Owner);
        writer.WriteField("tags"u8, value.Tags, DictionaryFormatter.Instance);
        writer.WriteField("node"u8, value.Node);
        writer.WriteField("state"u8, value.State, EnumFormatter<ExecutionState>.Instance);
        writer.WriteField("queuedAt"u8, value.QueuedAt);
        writer.WriteField("startedAt"u8, value.StartedAt);
        writer.WriteField("endedAt"u8, value.EndedAt);
        writer.WriteField("queuePosition"u8, value.QueuePosition);
        writer.WriteField("expectedStartAt"u8, value.ExpectedStartAt);
        writer.WriteField("attempt"u8, value.Attempt);
        writer.WriteField("processId"u8, value.ProcessId);
        writer.WriteField("sequence"u8, value.Sequence);
        writer.WriteField("stdoutBytes"u8, value.StdoutBytes);
        writer.WriteField("stderrBytes"u8, value.StderrBytes);
        writer.WriteField("cpuSeconds"u8, value.CpuSeconds);
        writer.WriteField("maxRssBytes"u8, value.MaxRssBytes);
        writer.WriteField("end"u8, value.End, ExecutionEndFormatter.Instance);
        writer.WriteField("agent"u8, value.Agent, AgentInfoFormatter.Instance);
        writer.EndRecord(record);
    }

    public override ExecutionInfo Read(ref MessagePackReader reader)
    {
        string? id = null;
        string? profile = null;
        string? command = null;
        IReadOnlyList<string>? arguments = null;
        string? workingDirectory = null;
        TerminalSize? terminal = null;
        string? owner = null;
        IReadOnlyDictionary<string, string>? tags = null;
        string? node = null;
        ExecutionState? state = null;
        long? queuedAt = null;
        long? startedAt = null;
        long? endedAt = null;
        int? queuePosition = null;
        long? expectedStartAt = null;
        int? attempt = null;
        int? processId = null;
        long? sequence = null;
        long? stdoutBytes = null;
        long? stderrBytes = null;
        double? cpuSeconds = null;
        long? maxRssBytes = null;
        ExecutionEnd? end = null;
        AgentInfo? agent = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("id"u8, ref id)
                || reader.TryReadField("profile"u8, ref profile)
                || reader.TryReadField("command"u8, ref command)
                || reader.TryReadField("arguments"u8, ref arguments, StringFormatter.List)
                || reader.TryReadField("workingDirectory"u8, ref workingDirectory)
                || reader.TryReadField("terminal"u8, ref terminal, TerminalSizeFormatter.Instance)
                || reader.TryReadField("owner"u8, ref owner)
                || reader.TryReadField("tags"u8, ref tags, DictionaryFormatter.Instance)
                || reader.TryReadField("node"u8, ref node)
                || reader.TryReadField("state"u8, ref state, EnumFormatter<ExecutionState>.Instance)
                || reader.TryReadField("queuedAt"u8, ref queuedAt)
                || reader.TryReadField("startedAt"u8, ref startedAt)
                || reader.TryReadField("endedAt"u8, ref endedAt)
                || reader.TryReadField("queuePosition"u8, ref queuePosition)
                || reader.TryReadField("expectedStartAt"u8, ref expectedStartAt)
                || reader.TryReadField("attempt"u8, ref attempt)
                || reader.TryReadField("processId"u8, ref processId)
                || reader.TryReadField("sequence"u8, ref sequence)
                || reader.TryReadField("stdoutBytes"u8, ref stdoutBytes)
                || reader.TryReadField("stderrBytes"u8, ref stderrBytes)
                || reader.TryReadField("cpuSeconds"u8, ref cpuSeconds)
                || reader.TryReadField("maxRssBytes"u8, ref maxRssBytes)
                || reader.TryReadField("end"u8, ref end, ExecutionEndFormatter.Instance)
                || reader.TryReadField("agent"u8, ref agent, AgentInfoFormatter.Instance)
                || reader.TrySkip();
        }

        return new ExecutionInfo
        {
            Id = id ?? throw record.Missing("id"),
            Profile = profile ?? throw record.Missing("profile"),
            Command = command ?? throw record.Missing("command"),
            Arguments = arguments ?? throw record.Missing("arguments"),
            WorkingDirectory = workingDirectory ?? throw record.Missing("workingDirectory"),
            Terminal = terminal,
            Owner = owner ?? throw record.Missing("owner"),
            Tags = tags ?? Blank.Tags,
            Node = node ?? throw record.Missing("node"),
            State = state ?? throw record.Missing("state"),
            QueuedAt = queuedAt ?? throw record.Missing("queuedAt"),
            StartedAt = startedAt,
            EndedAt = endedAt,
            QueuePosition = queuePosition,
            ExpectedStartAt = expectedStartAt,
            Attempt = attempt ?? Blank.Attempt,
            ProcessId = processId,
            Sequence = sequence ?? Blank.Sequence,
            StdoutBytes = stdoutBytes ?? Blank.StdoutBytes,
            StderrBytes = stderrBytes ?? Blank.StderrBytes,
            CpuSeconds = cpuSeconds,
            MaxRssBytes = maxRssBytes,
            End = end,
            Agent = agent,
        };
    }
}
