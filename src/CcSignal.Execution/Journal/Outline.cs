using CcSignal.Contracts;

namespace CcSignal.Execution.Journal;

/// <summary>
/// A recording in slices of equally many records, give or take one: enough for a time line or a scroll bar over output of any size. Made in one pass
/// over the index, of which a block is in memory.
/// </summary>
internal sealed class Outline
{
    private readonly long _records;
    private readonly OutlineSlice[] _slices;
    private readonly long[] _bytes = new long[2];
    private int _closed;

    private Outline(long records, int slices)
    {
        _records = records;
        _slices = new OutlineSlice[Math.Min(slices, records)];
    }

    /// <summary>Reads the first <paramref name="records"/> of an index; fewer of them than <paramref name="slices"/> are a slice each.</summary>
    /// <exception cref="InvalidDataException">The index has not so many.</exception>
    public static IReadOnlyList<OutlineSlice> Read(JournalFiles files, long records, int slices, CancellationToken cancellationToken)
    {
        var outline = new Outline(records, slices);
        using var index = new IndexReader(files);
        for (var sequence = 1L; sequence <= records; sequence++)
        {
            if (sequence % IndexReader.BlockRecords == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            outline.Add(sequence, index.RecordAt(sequence, records));
        }

        return outline._slices;
    }

    private void Add(long sequence, IndexRecord record)
    {
        var at = record.AtMicroseconds / 1000;
        var slice = _slices[_closed] ??= new OutlineSlice(
            sequence, 0, at, 0, _bytes[(int)OutputStream.Stdout], 0, _bytes[(int)OutputStream.Stderr], 0);
        _bytes[(int)record.Stream] = record.Offset + record.Length;
        if (sequence == (_closed + 1) * _records / _slices.Length)
        {
            _slices[_closed++] = slice with
            {
                LastSequence = sequence,
                LastAt = at,
                StdoutBytes = _bytes[(int)OutputStream.Stdout] - slice.StdoutOffset,
                StderrBytes = _bytes[(int)OutputStream.Stderr] - slice.StderrOffset,
            };
        }
    }
}
