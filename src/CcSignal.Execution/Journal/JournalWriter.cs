using CcSignal.Contracts;
using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Journal;

/// <summary>
/// The only writer of one recording; owns its three files. The bytes come first (<see cref="Append"/>, a splice(2) straight into
/// <see cref="File"/>, or by the command itself where the files are direct), then their index records (<see cref="Commit"/>), then the readers hear of them. Killed between the first two, the
/// bytes are there and <see cref="JournalRecovery"/> finds them.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly FileStream[] _streams;
    private readonly FileStream _index;
    private readonly TimeProvider _time;
    private readonly JournalHead _head;
    private readonly long[] _lengths;
    private long _sequence;
    private long _lastMicroseconds;

    public JournalWriter(JournalFiles files, JournalHead head, TimeProvider time)
    {
        files.Create();
        var recovered = JournalRecovery.Rebuild(files, time);
        _time = time;
        var access = files.IsDirect ? FileAccess.Read : FileAccess.ReadWrite;
        _streams = [JournalFiles.Open(files.Of(OutputStream.Stdout), access), JournalFiles.Open(files.Of(OutputStream.Stderr), access)];
        _index = JournalFiles.OpenForWriting(files.Index);
        _lengths = [recovered.StdoutBytes, recovered.StderrBytes];
        _sequence = recovered.Sequence;
        _lastMicroseconds = recovered.LastMicroseconds;
        _head = head;
        _head.Publish(recovered, time.GetTimestamp());
    }

    /// <summary>Recorded bytes of both streams.</summary>
    public long TotalBytes => _lengths[0] + _lengths[1];

    /// <summary>The file of a stream, for a writer that moves bytes into it without seeing them.</summary>
    public SafeFileHandle File(OutputStream stream) => _streams[(int)stream].SafeFileHandle;

    /// <summary>Where the next byte of a stream goes.</summary>
    public long End(OutputStream stream) => _lengths[(int)stream];

    /// <summary>Records bytes that are in memory.</summary>
    public void Append(OutputStream stream, ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(File(stream), bytes, End(stream));
        Commit(stream, bytes.Length);
    }

    /// <summary>Records that so many bytes now stand at the end of the stream's file, and tells the readers.</summary>
    public void Commit(OutputStream stream, int count)
    {
        // Times never fall within a recording, also when the system's clock is set back: a seek by time is a binary search.
        var now = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        _lastMicroseconds = Math.Max(_lastMicroseconds, now);
        var written = IndexAppender.Append(_index.SafeFileHandle, _sequence, stream, _lengths[(int)stream], count, _lastMicroseconds);
        _lengths[(int)stream] += count;
        _sequence += written;
        _head.Publish(new JournalExtent(_sequence, _lengths[0], _lengths[1], _lastMicroseconds), _time.GetTimestamp());
    }

    public void Dispose()
    {
        _streams[0].Dispose();
        _streams[1].Dispose();
        _index.Dispose();
    }
}
