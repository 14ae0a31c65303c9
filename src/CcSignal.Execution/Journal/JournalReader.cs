using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Journal;

/// <summary>
/// A cursor on one recording, live or ended; it never touches the command. Neighbours of one stream come as one chunk. Owns its file handles,
/// and buffers only while there is something to read. One caller at a time.
/// </summary>
internal sealed class JournalReader(JournalFiles files, long fromSequence) : IDisposable
{
    private const int IndexBlockRecords = 2048;

    private readonly SafeFileHandle?[] _streams = new SafeFileHandle?[2];
    private SafeFileHandle? _index;
    private byte[]? _records;
    private long _recordsFrom;
    private int _recordsCount;
    private byte[]? _data;

    /// <summary>The next sequence number it will read.</summary>
    public long Next { get; private set; } = fromSequence;

    /// <summary>
    /// Reads on, up to the record <paramref name="upTo"/> and at most <paramref name="maxBytes"/>. False: there is nothing more up to there,
    /// or the next piece is larger than that.
    /// </summary>
    /// <exception cref="InvalidDataException">The files are shorter than the index says.</exception>
    public bool TryRead(long upTo, int maxBytes, out RecordedChunk chunk)
    {
        chunk = default;
        if (Next > upTo)
        {
            return false;
        }

        var first = RecordAt(Next, upTo);
        if (first.Length > maxBytes)
        {
            return false;
        }

        var length = first.Length;
        var last = Next;
        while (last < upTo)
        {
            var neighbour = RecordAt(last + 1, upTo);
            if (neighbour.Stream != first.Stream || length + neighbour.Length > maxBytes)
            {
                break;
            }

            length += neighbour.Length;
            last++;
        }

        chunk = new RecordedChunk(last, first.Stream, first.Offset, first.AtMicroseconds, ReadBytes(first, length));
        Next = last + 1;
        return true;
    }

    /// <summary>Gives the buffers back while the reader waits for more: an idle follower costs no memory.</summary>
    public void Rest()
    {
        Return(ref _records);
        Return(ref _data);
        _recordsCount = 0;
    }

    public void Dispose()
    {
        Rest();
        _index?.Dispose();
        _streams[0]?.Dispose();
        _streams[1]?.Dispose();
    }

    private IndexRecord RecordAt(long sequence, long upTo)
    {
        if (sequence < _recordsFrom || sequence >= _recordsFrom + _recordsCount)
        {
            var wanted = (int)Math.Min(IndexBlockRecords, upTo - sequence + 1);
            _index ??= Open(files.Index);
            Reserve(ref _records, wanted * IndexRecord.Size);
            Fill(_index, _records.AsSpan(0, wanted * IndexRecord.Size), IndexRecord.PositionOf(sequence), files.Index);
            _recordsFrom = sequence;
            _recordsCount = wanted;
        }

        return IndexRecord.Read(_records.AsSpan((int)(sequence - _recordsFrom) * IndexRecord.Size));
    }

    private ReadOnlyMemory<byte> ReadBytes(IndexRecord first, int length)
    {
        var path = files.Of(first.Stream);
        var file = _streams[(int)first.Stream] ??= Open(path);
        Reserve(ref _data, length);
        Fill(file, _data.AsSpan(0, length), first.Offset, path);
        return _data.AsMemory(0, length);
    }

    private static SafeFileHandle Open(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static void Fill(SafeFileHandle file, Span<byte> buffer, long position, string path)
    {
        while (buffer.Length > 0)
        {
            var read = RandomAccess.Read(file, buffer, position);
            if (read == 0)
            {
                throw new InvalidDataException($"'{path}' ends at byte {position}, before what its index promises.");
            }

            buffer = buffer[read..];
            position += read;
        }
    }

    private static void Reserve([System.Diagnostics.CodeAnalysis.NotNull] ref byte[]? buffer, int length)
    {
        if (buffer is null || buffer.Length < length)
        {
            Return(ref buffer);
            buffer = ArrayPool<byte>.Shared.Rent(length);
        }
    }

    private static void Return(ref byte[]? buffer)
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = null;
        }
    }
}
