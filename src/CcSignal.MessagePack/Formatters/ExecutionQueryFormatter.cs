using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>Which executions.</summary>
internal sealed class ExecutionQueryFormatter : Formatter<ExecutionQuery>
{
    public static readonly ExecutionQueryFormatter Instance = new();

    // Where the defaults of fields that are absent come from.
    private static readonly ExecutionQuery Blank = new();

    public override void Write(ref MessagePackWriter writer, ExecutionQuery value)
    {
        var record = writer.BeginRecord(mostFields: 10);
        writer.WriteField("states"u8, value.States, EnumFormatter<ExecutionState>.List);
        writer.WriteField("profile"u8, value.Profile);
        writer.WriteField("owner"u8, value.Owner);
        writer.WriteField("tag"u8, value.Tag);
        writer.WriteField("command"u8, value.Command);
        writer.WriteField("causes"u8, value.Causes, EnumFormatter<EndCause>.List);
        writer.WriteField("since"u8, value.Since);
        writer.WriteField("until"u8, value.Until);
        writer.WriteField("limit"u8, value.Limit);
        writer.WriteField("after"u8, value.After);
        writer.EndRecord(record);
    }

    public override ExecutionQuery Read(ref MessagePackReader reader)
    {
        IReadOnlyList<ExecutionState>? states = null;
        string? profile = null;
        string? owner = null;
        string? tag = null;
        string? command = null;
        IReadOnlyList<EndCause>? causes = null;
        long? since = null;
        long? until = null;
        int? limit = null;
        string? after = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("states"u8, ref states, EnumFormatter<ExecutionState>.List)
                || reader.TryReadField("profile"u8, ref profile)
                || reader.TryReadField("owner"u8, ref owner)
                || reader.TryReadField("tag"u8, ref tag)
                || reader.TryReadField("command"u8, ref command)
                || reader.TryReadField("causes"u8, ref causes, EnumFormatter<EndCause>.List)
                || reader.TryReadField("since"u8, ref since)
                || reader.TryReadField("until"u8, ref until)
                || reader.TryReadField("limit"u8, ref limit)
                || reader.TryReadField("after"u8, ref after)
                || reader.TrySkip();
        }

        return new ExecutionQuery
        {
            States = states,
            Profile = profile,
            Owner = owner,
            Tag = tag,
            Command = command,
            Causes = causes,
            Since = since,
            Until = until,
            Limit = limit ?? Blank.Limit,
            After = after,
        };
    }
}
