using CcSignal.Contracts;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Tests.Journal;

/// <summary>Reads a recording as a subscription does, and checks that it has no gap.</summary>
internal static class JournalReading
{
    public static byte[] ReadAll(JournalFiles files, long sequence, OutputStream stream = OutputStream.Stdout)
    {
        using var reader = new JournalReader(files, 1);
        using var bytes = new MemoryStream();
        while (reader.TryRead(sequence, Limits.MaxOutputChunkBytes, out var chunk))
        {
            if (chunk.Stream == stream)
            {
                chunk.Offset.ShouldBe(bytes.Length);
                bytes.Write(chunk.Data.Span);
            }
        }

        reader.Next.ShouldBe(sequence + 1);
        return bytes.ToArray();
    }
}
