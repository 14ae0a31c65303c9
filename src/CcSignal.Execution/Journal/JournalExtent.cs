using CcSignal.Contracts;

namespace CcSignal.Execution.Journal;

/// <summary>How far a recording goes.</summary>
/// <param name="Sequence">The last sequence number; 0: nothing is recorded.</param>
/// <param name="StdoutBytes">Bytes of standard output.</param>
/// <param name="StderrBytes">Bytes of standard error.</param>
/// <param name="LastMicroseconds">The time of the last record, Unix microseconds; 0: there is none.</param>
internal readonly record struct JournalExtent(long Sequence, long StdoutBytes, long StderrBytes, long LastMicroseconds = 0)
{
    /// <summary>Bytes of one stream.</summary>
    public long BytesOf(OutputStream stream) => stream == OutputStream.Stdout ? StdoutBytes : StderrBytes;
}
