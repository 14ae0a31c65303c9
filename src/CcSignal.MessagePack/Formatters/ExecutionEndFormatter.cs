using CcSignal.Contracts;
using CcSignal.MessagePack.Binary;

namespace CcSignal.MessagePack.Formatters;

/// <summary>The end of an execution.</summary>
internal sealed class ExecutionEndFormatter : Formatter<ExecutionEnd>
{
    public static readonly ExecutionEndFormatter Instance = new();

    public override void Write(ref MessagePackWriter writer, ExecutionEnd value)
    {
        var record = writer.BeginRecord(mostFields: 8);
        writer.WriteField("cause"u8, value.Cause, EnumFormatter<EndCause>.Instance);
        writer.WriteField("exitCode"u8, value.ExitCode);
        writer.WriteField("signal"u8, value.Signal);
        writer.WriteField("by"u8, value.By);
        writer.WriteField("code"u8, value.Code);
        writer.WriteField("message"u8, value.Message);
        writer.WriteField("evidence"u8, value.Evidence, EvidenceFormatter.Instance);
        writer.WriteField("retryable"u8, value.Retryable);
        writer.EndRecord(record);
    }

    public override ExecutionEnd Read(ref MessagePackReader reader)
    {
        EndCause? cause = null;
        int? exitCode = null;
        string? signal = null;
        string? by = null;
        string? code = null;
        string? message = null;
        Evidence? evidence = null;
        bool? retryable = null;
        var record = reader.BeginRecord();
        while (reader.TryReadKey(ref record))
        {
            _ = reader.TryReadField("cause"u8, ref cause, EnumFormatter<EndCause>.Instance)
                || reader.TryReadField("exitCode"u8, ref exitCode)
                || reader.TryReadField("signal"u8, ref signal)
                || reader.TryReadField("by"u8, ref by)
                || reader.TryReadField("code"u8, ref code)
                || reader.TryReadField("message"u8, ref message)
                || reader.TryReadField("evidence"u8, ref evidence, EvidenceFormatter.Instance)
                || reader.TryReadField("retryable"u8, ref retryable)
                || reader.TrySkip();
        }

        return new ExecutionEnd
        {
            Cause = cause ?? throw record.Missing("cause"),
            ExitCode = exitCode,
            Signal = signal,
            By = by,
            Code = code,
            Message = message,
            Evidence = evidence,
            Retryable = retryable ?? false,
        };
    }
}
