using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>What to run.</summary>
internal sealed class ExecutionRequestFormatter : Formatter<ExecutionRequest>
{
    public static readonly ExecutionRequestFormatter Instance = new();

    // Where the defaults of fields that are absent come from. A request without a command must reach admission, which answers with
    // the contract's own error and names the field.
    private static readonly ExecutionRequest Blank = new() { Command = "" };

    public override void Write(ref MessagePackWriter writer, ExecutionRequest value)
    {
        var record = writer.BeginRecord(mostFields: 19);
        writer.WriteField("id"u8, value.Id);
        writer.WriteField("profile"u8, value.Profile);
        writer.WriteField("command"u8, value.Command);
        writer.WriteField("arguments"u8, value.Arguments, StringFormatter.List);
        writer.WriteField("workingDirectory"u8, value.WorkingDirectory);
        writer.WriteField("environment"u8, value.Environment, DictionaryFormatter.Instance);
        writer.WriteField("input"u8, value.Input, EnumFormatter<InputMode>.Instance);
        writer.WriteField("terminal"u8, value.Terminal, TerminalSizeFormatter.Instance);
        writer.WriteField("timeoutSeconds"u8, value.TimeoutSeconds);
        writer.WriteField("idleTimeoutSeconds"u8, value.IdleTimeoutSeconds);
        writer.WriteField("queueTimeoutSeconds"u8, value.QueueTimeoutSeconds);
        writer.WriteField("stopGraceSeconds"u8, value.StopGraceSeconds);
        writer.WriteField("maxOutputBytes"u8, value.MaxOutputBytes);
        writer.WriteField("abandonAfterSeconds"u8, value.AbandonAfterSeconds);
        writer.WriteField("priority"u8, value.Priority);
        writer.WriteField("exclusiveKey"u8, value.ExclusiveKey);
        writer.WriteField("retry"u8, value.Retry, RetryPolicyFormatter.Instance);
        writer.WriteField("limits"u8, value.Limits, ResourceLimitsFormatter.Instance);
        writer.WriteField("tags"u8, value.Tags, DictionaryFormatter.Instance);
        writer.EndRecord(record);
    }

    public override ExecutionRequest Read(ref MessagePackReader reader)
    {
        string? id = null;
        string? profile = null;
        string? command = null;
        IReadOnlyList<string>? arguments = null;
        string? workingDirectory = null;
        IReadOnlyDictionary<string, string>? environment = null;
        InputMode? input = null;
        TerminalSize? terminal = null;
        double? timeoutSeconds = null;
        double? idleTimeoutSeconds = null;
        double? queueTimeoutSeconds = null;
        double? stopGraceSeconds = null;
        long? maxOutputBytes = null;
        double? abandonAfterSeconds = null;
        int? priority = null;
        string? exclusiveKey = null;
        RetryPolicy? retry = null;
        ResourceLimits? limits = null;
        IReadOnlyDictionary<string, string>? tags = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("id"u8, ref id)
                || reader.TryReadField("profile"u8, ref profile)
                || reader.TryReadField("command"u8, ref command)
                || reader.TryReadField("arguments"u8, ref arguments, StringFormatter.List)
                || reader.TryReadField("workingDirectory"u8, ref workingDirectory)
                || reader.TryReadField("environment"u8, ref environment, DictionaryFormatter.Instance)
                || reader.TryReadField("input"u8, ref input, EnumFormatter<InputMode>.Instance)
                || reader.TryReadField("terminal"u8, ref terminal, TerminalSizeFormatter.Instance)
                || reader.TryReadField("timeoutSeconds"u8, ref timeoutSeconds)
                || reader.TryReadField("idleTimeoutSeconds"u8, ref idleTimeoutSeconds)
                || reader.TryReadField("queueTimeoutSeconds"u8, ref queueTimeoutSeconds)
                || reader.TryReadField("stopGraceSeconds"u8, ref stopGraceSeconds)
                || reader.TryReadField("maxOutputBytes"u8, ref maxOutputBytes)
                || reader.TryReadField("abandonAfterSeconds"u8, ref abandonAfterSeconds)
                || reader.TryReadField("priority"u8, ref priority)
                || reader.TryReadField("exclusiveKey"u8, ref exclusiveKey)
                || reader.TryReadField("retry"u8, ref retry, RetryPolicyFormatter.Instance)
                || reader.TryReadField("limits"u8, ref limits, ResourceLimitsFormatter.Instance)
                || reader.TryReadField("tags"u8, ref tags, DictionaryFormatter.Instance)
                || reader.TrySkip();
        }

        return new ExecutionRequest
        {
            Id = id,
            Profile = profile,
            Command = command ?? Blank.Command,
            Arguments = arguments ?? Blank.Arguments,
            WorkingDirectory = workingDirectory,
            Environment = environment,
            Input = input ?? Blank.Input,
            Terminal = terminal,
            TimeoutSeconds = timeoutSeconds,
            IdleTimeoutSeconds = idleTimeoutSeconds,
            QueueTimeoutSeconds = queueTimeoutSeconds,
            StopGraceSeconds = stopGraceSeconds,
            MaxOutputBytes = maxOutputBytes,
            AbandonAfterSeconds = abandonAfterSeconds,
            Priority = priority ?? Blank.Priority,
            ExclusiveKey = exclusiveKey,
            Retry = retry,
            Limits = limits,
            Tags = tags,
        };
    }
}
