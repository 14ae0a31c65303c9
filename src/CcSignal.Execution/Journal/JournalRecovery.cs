using CcSignal.Contracts;
using CcSignal.Execution.Journal.Compression;

namespace CcSignal.Execution.Journal;

/// <summary>
/// Makes index and files agree again after the writer was killed at any moment. The files are the truth: bytes without a record get
/// one, marked as recovered; records without their bytes (after a power cut) go.
/// </summary>
internal static class JournalRecovery
{
    private const int BlockRecords = 4096;

    /// <summary>Repairs the recording and says how far it goes. A recording that is whole is not touched, nor one that was compressed: it was whole then.</summary>
    public static JournalExtent Rebuild(JournalFiles files, TimeProvider time)
    {
        if (!File.Exists(files.Index))
        {
            return File.Exists(CompressedFile.PathOf(files.Index)) ? Inspect(files) : Complete(files, new JournalExtent(0, 0, 0), time);
        }

        var extent = Inspect(files);
        var length = extent.Sequence * IndexRecord.Size;
        using (var index = JournalFiles.OpenForWriting(files.Index))
        {
            if (index.Length != length)
            {
                index.SetLength(length);
            }
        }

        return Complete(files, extent, time);
    }

    /// <summary>How far a recording can be read, without touching it.</summary>
    /// <exception cref="InvalidDataException">It is compressed, and damaged where one has to look for that.</exception>
    public static JournalExtent Inspect(JournalFiles files)
    {
        if (!JournalFile.Exists(files.Index))
        {
            return default;
        }

        using var index = JournalFile.Open(files.Index);
        return LastGood(index, JournalFile.LengthOf(files.Of(OutputStream.Stdout)), JournalFile.LengthOf(files.Of(OutputStream.Stderr)));
    }

    // Backwards, so that a long recording costs only its end: until a record of each stream was seen whose bytes are there.
    private static JournalExtent LastGood(IRecordedFile index, long stdout, long stderr)
    {
        var sequence = index.Length / IndexRecord.Size;
        long[] fileLengths = [stdout, stderr];
        long[] ends = [-1, -1];
        long last = 0;
        var good = sequence;
        var block = new byte[BlockRecords * IndexRecord.Size];
        var next = sequence;
        while (next > 0 && (ends[0] < 0 || ends[1] < 0))
        {
            var count = (int)Math.Min(BlockRecords, next);
            var first = next - count + 1;
            JournalFile.Fill(index, block.AsSpan(0, count * IndexRecord.Size), IndexRecord.PositionOf(first));
            for (; next >= first && (ends[0] < 0 || ends[1] < 0); next--)
            {
                var record = IndexRecord.Read(block.AsSpan((int)(next - first) * IndexRecord.Size));
                var stream = (int)record.Stream;
                if (record.Offset + record.Length > fileLengths[stream])
                {
                    good = next - 1;
                    ends = [-1, -1];
                    last = 0;
                }
                else if (ends[stream] < 0)
                {
                    ends[stream] = record.Offset + record.Length;
                    last = Math.Max(last, record.AtMicroseconds);
                }
            }
        }

        return new JournalExtent(good, Math.Max(0, ends[0]), Math.Max(0, ends[1]), last);
    }

    private static JournalExtent Complete(JournalFiles files, JournalExtent extent, TimeProvider time)
    {
        var stdout = JournalFile.LengthOf(files.Of(OutputStream.Stdout));
        var stderr = JournalFile.LengthOf(files.Of(OutputStream.Stderr));
        if (stdout == extent.StdoutBytes && stderr == extent.StderrBytes)
        {
            return extent;
        }

        using var index = JournalFiles.OpenForWriting(files.Index);
        var at = Math.Max(extent.LastMicroseconds, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        var sequence = extent.Sequence;
        sequence += Found(OutputStream.Stdout, extent.StdoutBytes, stdout);
        sequence += Found(OutputStream.Stderr, extent.StderrBytes, stderr);
        return new JournalExtent(sequence, stdout, stderr, at);

        int Found(OutputStream stream, long from, long to) =>
            to == from ? 0 : IndexAppender.Append(index.SafeFileHandle, sequence, stream, from, to - from, at, recovered: true);
    }
}
