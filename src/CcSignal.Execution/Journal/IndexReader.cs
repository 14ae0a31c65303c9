namespace CcSignal.Execution.Journal;

/// <summary>Reads the records of an index, a block at a time. Owns its file handle. One caller at a time.</summary>
internal sealed class IndexReader(JournalFiles files) : IDisposable
{
    /// <summary>Records that are read at once.</summary>
    public const int BlockRecords = 2048;

    private IRecordedFile? _index;
    private byte[]? _records;
    private long _recordsFrom;
    private int _recordsCount;

    /// <summary>The record with this sequence number, where those up to <paramref name="upTo"/> are there to be read.</summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public IndexRecord RecordAt(long sequence, long upTo)
    {
        if (sequence < _recordsFrom || sequence >= _recordsFrom + _recordsCount)
        {
            Load(sequence, upTo);
        }

        return IndexRecord.Read(_records.AsSpan((int)(sequence - _recordsFrom) * IndexRecord.Size));
    }

    /// <summary>Reads the block that begins with this record, so that those in it can be asked for in any order.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public void Load(long sequence, long upTo)
    {
        var wanted = (int)Math.Min(BlockRecords, upTo - sequence + 1);
        _index ??= JournalFile.Open(files.Index);
        JournalFile.Reserve(ref _records, wanted * IndexRecord.Size);
        JournalFile.Fill(_index, _records.AsSpan(0, wanted * IndexRecord.Size), IndexRecord.PositionOf(sequence));
        _recordsFrom = sequence;
        _recordsCount = wanted;
    }

    /// <summary>Gives the buffer back until it is asked again.</summary>
    public void Rest()
    {
        JournalFile.Return(ref _records);
        _recordsCount = 0;
        _index?.Rest();
    }

    public void Dispose()
    {
        Rest();
        _index?.Dispose();
    }
}
