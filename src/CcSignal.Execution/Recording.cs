using CcSignal.Contracts;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution;

/// <summary>The files of a recording, and how far each of them may be shown: a live one grows on. It stays until this is disposed of.</summary>
internal sealed record Recording(JournalFiles Files, JournalExtent Extent, IDisposable Use) : IDisposable
{
    // Read from one end to the other, mostly.
    private const FileOptions Reading = FileOptions.Asynchronous | FileOptions.SequentialScan;

    /// <summary>The bytes of one stream.</summary>
    /// <exception cref="InvalidDataException">They are compressed, and damaged.</exception>
    public IRecordedFile Open(OutputStream stream) => JournalFile.Open(Files.Of(stream), Reading);

    /// <summary>How many of them are recorded.</summary>
    public long LengthOf(OutputStream stream) => stream == OutputStream.Stdout ? Extent.StdoutBytes : Extent.StderrBytes;

    /// <summary>The index.</summary>
    /// <exception cref="InvalidDataException">It is compressed, and damaged.</exception>
    public IRecordedFile OpenIndex() => JournalFile.Open(Files.Index, Reading);

    /// <summary>Bytes of the index.</summary>
    public long IndexLength => Extent.Sequence * IndexRecord.Size;

    public void Dispose() => Use.Dispose();

    /// <summary>All of it in at most so many slices.</summary>
    public IReadOnlyList<OutlineSlice> Outline(int slices, CancellationToken cancellationToken) =>
        Journal.Outline.Read(Files, Extent.Sequence, slices, cancellationToken);
}
