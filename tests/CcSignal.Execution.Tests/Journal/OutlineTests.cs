using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Journal;

/// <summary>A recording in slices: they tell all of it, each once, in one pass over the index.</summary>
public sealed class OutlineTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly JournalHead _head = new(default);
    private readonly JournalWriter _writer;

    public OutlineTests() => _writer = new JournalWriter(Files, _head, TimeProvider.System);

    private JournalFiles Files => new(_temp["journal"]);

    public void Dispose()
    {
        _writer.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public void Where_there_are_fewer_records_than_slices_each_is_one()
    {
        _writer.Append(OutputStream.Stdout, new byte[10]);
        _writer.Append(OutputStream.Stderr, new byte[5]);
        _writer.Append(OutputStream.Stdout, new byte[20]);

        Read(10_000).Select(slice => (slice.Sequence, slice.LastSequence, slice.StdoutOffset, slice.StdoutBytes, slice.StderrOffset, slice.StderrBytes))
            .ShouldBe([(1, 1, 0, 10, 0, 0), (2, 2, 10, 0, 0, 5), (3, 3, 10, 20, 5, 0)]);
    }

    [Fact]
    public void One_slice_is_the_whole()
    {
        Write(100);

        var whole = Read(1).ShouldHaveSingleItem();

        (whole.Sequence, whole.LastSequence).ShouldBe((1, 100));
        (whole.StdoutOffset, whole.StdoutBytes, whole.StderrOffset, whole.StderrBytes).ShouldBe((0, _head.Extent.StdoutBytes, 0, _head.Extent.StderrBytes));
        whole.LastAt.ShouldBe(_head.Extent.LastMicroseconds / 1000);
    }

    [Theory]
    [InlineData(7, 3)]
    [InlineData(IndexReader.BlockRecords, 10)]
    [InlineData((2 * IndexReader.BlockRecords) + 1, 1_000)]
    [InlineData(5_000, 4_999)]
    public void The_slices_follow_each_other_without_gap_and_are_of_one_size(int records, int slices)
    {
        Write(records);

        var outline = Read(slices);

        outline.Count.ShouldBe(slices);
        var before = new OutlineSlice(0, 0, 0, 0, 0, 0, 0, 0);
        foreach (var slice in outline)
        {
            slice.Sequence.ShouldBe(before.LastSequence + 1);
            (slice.LastSequence - slice.Sequence + 1).ShouldBeInRange(records / slices, (records / slices) + 1);
            slice.StdoutOffset.ShouldBe(before.StdoutOffset + before.StdoutBytes);
            slice.StderrOffset.ShouldBe(before.StderrOffset + before.StderrBytes);
            slice.At.ShouldBeGreaterThanOrEqualTo(before.LastAt);
            slice.LastAt.ShouldBeGreaterThanOrEqualTo(slice.At);
            before = slice;
        }

        before.LastSequence.ShouldBe(records);
        (before.StdoutOffset + before.StdoutBytes).ShouldBe(_head.Extent.StdoutBytes);
        (before.StderrOffset + before.StderrBytes).ShouldBe(_head.Extent.StderrBytes);
    }

    [Fact]
    public void What_is_recorded_after_the_look_is_not_in_it()
    {
        Write(10);

        Outline.Read(Files, 4, 2, CancellationToken.None).Select(slice => slice.LastSequence).ShouldBe([2, 4]);
    }

    [Fact]
    public void Nothing_recorded_has_no_slices() => Read(5).ShouldBeEmpty();

    [Fact]
    public void An_index_that_is_shorter_than_promised_is_told_and_not_guessed()
    {
        Write(10);

        Should.Throw<InvalidDataException>(() => Outline.Read(Files, 11, 2, CancellationToken.None)).Message.ShouldContain("index");
    }

    [Fact]
    public void Who_goes_away_is_not_read_for()
    {
        Write(IndexReader.BlockRecords);

        Should.Throw<OperationCanceledException>(() => Outline.Read(Files, IndexReader.BlockRecords, 2, new CancellationToken(canceled: true)));
    }

    private IReadOnlyList<OutlineSlice> Read(int slices) => Outline.Read(Files, _head.Sequence, slices, TestContext.Current.CancellationToken);

    // Lengths and streams that repeat in no slice of one size.
    private void Write(int records)
    {
        for (var record = 0; record < records; record++)
        {
            _writer.Append(record % 7 == 3 ? OutputStream.Stderr : OutputStream.Stdout, new byte[1 + (record % 11)]);
        }
    }
}
