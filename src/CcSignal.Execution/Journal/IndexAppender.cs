using System.Buffers;
using CcSignal.Contracts;
using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Journal;

/// <summary>Writes the index records of one piece of output, cut to <see cref="IndexRecord.MaxLength"/>, in one write.</summary>
internal static class IndexAppender
{
    /// <summary>Appends after the record with this sequence number; returns how many records it took.</summary>
    public static int Append(
        SafeFileHandle index, long sequence, OutputStream stream, long offset, long count, long atMicroseconds, bool recovered = false)
    {
        var records = checked((int)((count + IndexRecord.MaxLength - 1) / IndexRecord.MaxLength));
        var buffer = ArrayPool<byte>.Shared.Rent(records * IndexRecord.Size);
        try
        {
            for (var i = 0; i < records; i++)
            {
                var start = (long)i * IndexRecord.MaxLength;
                var length = (int)Math.Min(IndexRecord.MaxLength, count - start);
                new IndexRecord(atMicroseconds, offset + start, length, stream, recovered).Write(buffer.AsSpan(i * IndexRecord.Size));
            }

            RandomAccess.Write(index, buffer.AsSpan(0, records * IndexRecord.Size), IndexRecord.PositionOf(sequence + 1));
            return records;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
