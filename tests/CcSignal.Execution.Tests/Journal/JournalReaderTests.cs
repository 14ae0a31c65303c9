using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Journal;

/// <summary>How a cursor reads: neighbours together, never past what is asked, never more than fits.</summary>
public sealed class JournalReaderTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly JournalHead _head = new(default);
    private readonly JournalWriter _writer;

    public JournalReaderTests() => _writer = new JournalWriter(Files, _head, TimeProvider.System);

    private JournalFiles Files => new(_temp["journal"]);

    public void Dispose()
    {
        _writer.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public void Neighbours_of_one_stream_come_together_and_the_other_stream_parts_them()
    {
        Append(OutputStream.Stdout, 10, 20);
        Append(OutputStream.Stderr, 5);
        Append(OutputStream.Stdout, 30);
        using var reader = new JournalReader(Files, 1);

        Lengths(reader).ShouldBe([(2L, OutputStream.Stdout, 30), (3L, OutputStream.Stderr, 5), (4L, OutputStream.Stdout, 30)]);
    }

    [Fact]
    public void A_chunk_is_never_larger_than_asked_for()
    {
        Append(OutputStream.Stdout, [.. Enumerable.Repeat(100, 50)]);
        using var reader = new JournalReader(Files, 1);

        reader.TryRead(_head.Sequence, 99, out _).ShouldBeFalse();
        reader.TryRead(_head.Sequence, 100, out var one).ShouldBeTrue();
        one.Data.Length.ShouldBe(100);
        reader.TryRead(_head.Sequence, 299, out var two).ShouldBeTrue();
        two.Data.Length.ShouldBe(200);
        two.Sequence.ShouldBe(3);
    }

    [Fact]
    public void A_large_piece_becomes_records_that_fit_the_smallest_window()
    {
        Append(OutputStream.Stdout, 100_000);
        using var reader = new JournalReader(Files, 1);

        _head.Sequence.ShouldBe((100_000 + IndexRecord.MaxLength - 1) / IndexRecord.MaxLength);
        reader.TryRead(_head.Sequence, Limits.MaxOutputChunkBytes, out var chunk).ShouldBeTrue();
        chunk.Data.Length.ShouldBe(Limits.MaxOutputChunkBytes);
    }

    [Fact]
    public void It_reads_no_further_than_what_was_published_to_it()
    {
        Append(OutputStream.Stdout, 10, 20, 30);
        using var reader = new JournalReader(Files, 1);

        reader.TryRead(2, 1000, out var chunk).ShouldBeTrue();
        chunk.Sequence.ShouldBe(2);
        reader.TryRead(2, 1000, out _).ShouldBeFalse();
        reader.Rest();
        reader.TryRead(3, 1000, out chunk).ShouldBeTrue();
        chunk.Data.Length.ShouldBe(30);
    }

    [Fact]
    public void A_file_shorter_than_its_index_is_an_error_and_never_served_as_good_bytes()
    {
        Append(OutputStream.Stdout, 10);
        using (var file = new FileStream(Files.Of(OutputStream.Stdout), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(5);
        }

        using var reader = new JournalReader(Files, 1);

        Should.Throw<InvalidDataException>(() => reader.TryRead(1, 1000, out _)).Message.ShouldContain("byte 5");
    }

    private void Append(OutputStream stream, params int[] lengths)
    {
        foreach (var length in lengths)
        {
            _writer.Append(stream, new byte[length]);
        }
    }

    private List<(long Sequence, OutputStream Stream, int Length)> Lengths(JournalReader reader)
    {
        var chunks = new List<(long, OutputStream, int)>();
        while (reader.TryRead(_head.Sequence, Limits.MaxOutputChunkBytes, out var chunk))
        {
            chunks.Add((chunk.Sequence, chunk.Stream, chunk.Data.Length));
        }

        return chunks;
    }
}
