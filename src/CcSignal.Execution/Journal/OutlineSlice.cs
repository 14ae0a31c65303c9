namespace CcSignal.Execution.Journal;

/// <summary>A part of a recording, as an outline tells it.</summary>
/// <param name="Sequence">Of its first record.</param>
/// <param name="LastSequence">Of its last record.</param>
/// <param name="At">When the first was recorded, Unix milliseconds.</param>
/// <param name="LastAt">When the last was recorded, Unix milliseconds.</param>
/// <param name="StdoutOffset">Bytes of standard output before it.</param>
/// <param name="StdoutBytes">Bytes of standard output in it.</param>
/// <param name="StderrOffset">Bytes of standard error before it.</param>
/// <param name="StderrBytes">Bytes of standard error in it.</param>
internal sealed record OutlineSlice(
    long Sequence, long LastSequence, long At, long LastAt, long StdoutOffset, long StdoutBytes, long StderrOffset, long StderrBytes);
