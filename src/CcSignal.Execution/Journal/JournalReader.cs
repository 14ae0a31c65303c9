using CcSignal.Contracts;

namespace CcSignal.Execution.Journal;

/// <summary>
/// A cursor on one recording, live or ended; it never touches the command. Neighbours of one stream come as one chunk. Owns its file handles,
/// and buffers only while there is something to read. One caller at a time.
/// </summary>
internal sealed class JournalReader(JournalFiles files, long fromSequence) : IDisposable
{
    private readonly IndexReader _index = new(files);
    private readonly IRecordedFile?[] _streams = new IRecordedFile?[2];
    private readonly long?[] _positions = fromSequence == 1 ? [0, 0] : [null, null];
    private byte[]? _data;

    /// <summary>The next sequence number it will read.</summary>
    public long Next { get; private set; } = fromSequence;

    /// <summary>
    /// Reads on, up to the record <paramref name="upTo"/> and at most <paramref name="maxBytes"/>. False: there is nothing more up to there,
    /// or the next piece is larger than that.
    /// </summary>
    /// <exception cref="InvalidDataException">The files are shorter than the index says or damaged, or the index holds what no writer wrote.</exception>
    public bool TryRead(long upTo, int maxBytes, out RecordedChunk chunk)
    {
        chunk = default;
        if (Next > upTo)
        {
            return false;
        }

        var first = Sound(_index.RecordAt(Next, upTo), Next, null);
        if (first.Length > maxBytes)
        {
            return false;
        }

        var length = first.Length;
        var last = Next;
        while (last < upTo)
        {
            var neighbour = _index.RecordAt(last + 1, upTo);
            if (neighbour.Stream != first.Stream || length + neighbour.Length > maxBytes)
            {
                break;
            }

            Sound(neighbour, last + 1, first.Offset + length);

            length += neighbour.Length;
            last++;
        }

        chunk = new RecordedChunk(last, first.Stream, first.Offset, first.AtMicroseconds, ReadBytes(first, length));
        Next = last + 1;
        _positions[(int)first.Stream] = first.Offset + length;
        return true;
    }

    /// <summary>Where it stands in a stream; null: it began in the middle of the recording, and has read nothing of the stream yet.</summary>
    public long? PositionOf(OutputStream stream) => _positions[(int)stream];

    /// <summary>The same for one that began in the middle: looks ahead for the next piece of the stream.</summary>
    /// <exception cref="InvalidDataException">The index is shorter than that.</exception>
    public long FindPosition(OutputStream stream, JournalExtent extent, CancellationToken cancellationToken)
    {
        if (_positions[(int)stream] is { } known)
        {
            return known;
        }

        var found = extent.BytesOf(stream); // where the stream stands if it has no piece ahead
        for (var sequence = Next; found > 0 && sequence <= extent.Sequence; sequence++)
        {
            if (sequence % IndexReader.BlockRecords == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (_index.RecordAt(sequence, extent.Sequence) is var record && record.Stream == stream)
            {
                found = record.Offset;
                break;
            }
        }

        _positions[(int)stream] = found;
        return found;
    }

    /// <summary>
    /// Leaves out what lies ahead but for the last pieces: <paramref name="keptBytes"/> at most, and a block of the index.
    /// </summary>
    /// <exception cref="InvalidDataException">The index is shorter than that.</exception>
    public void SkipToLast(JournalExtent extent, int keptBytes)
    {
        var oldest = Math.Max(Next, extent.Sequence - IndexReader.BlockRecords + 1);
        _index.Load(oldest, extent.Sequence);
        Next = extent.Sequence + 1;
        (_positions[0], _positions[1]) = (extent.StdoutBytes, extent.StderrBytes);
        while (Next > oldest && _index.RecordAt(Next - 1, extent.Sequence) is var record && record.Length <= keptBytes)
        {
            keptBytes -= record.Length;
            _positions[(int)record.Stream] = record.Offset;
            Next--;
        }
    }

    /// <summary>Gives the buffers back while the reader waits for more: an idle follower costs no memory.</summary>
    public void Rest()
    {
        _index.Rest();
        _streams[0]?.Rest();
        _streams[1]?.Rest();
        JournalFile.Return(ref _data);
    }

    public void Dispose()
    {
        JournalFile.Return(ref _data);
        _index.Dispose();
        _streams[0]?.Dispose();
        _streams[1]?.Dispose();
    }

    // Bytes of a stream follow each other without holes: a record that says otherwise would pass other bytes off as these.
    private IndexRecord Sound(IndexRecord record, long sequence, long? offset)
    {
        var expected = offset ?? _positions[(int)record.Stream];
        return record.Length is > 0 and <= IndexRecord.MaxLength && record.Offset >= 0 && (expected is null || record.Offset == expected)
            ? record
            : throw new InvalidDataException($"Record {sequence} of '{files.Index}' is damaged.");
    }

    private ReadOnlyMemory<byte> ReadBytes(IndexRecord first, int length)
    {
        var file = _streams[(int)first.Stream] ??= JournalFile.Open(files.Of(first.Stream));
        JournalFile.Reserve(ref _data, length);
        JournalFile.Fill(file, _data.AsSpan(0, length), first.Offset);
        return _data.AsMemory(0, length);
    }
}
