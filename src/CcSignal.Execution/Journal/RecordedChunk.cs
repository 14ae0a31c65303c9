using CcSignal.Contracts;

namespace CcSignal.Execution.Journal;

/// <summary>Neighbouring pieces of one stream, read together.</summary>
/// <param name="Sequence">Of the last piece in it.</param>
/// <param name="Stream">Which stream.</param>
/// <param name="Offset">Of its first byte in the stream.</param>
/// <param name="AtMicroseconds">When its first piece was recorded.</param>
/// <param name="Data">The bytes; valid until the reader is asked again.</param>
internal readonly record struct RecordedChunk(
    long Sequence, OutputStream Stream, long Offset, long AtMicroseconds, ReadOnlyMemory<byte> Data);
