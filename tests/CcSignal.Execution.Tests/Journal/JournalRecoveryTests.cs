using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Journal;

/// <summary>Whatever a killed writer left, index and files agree again, and what was shown before is still there.</summary>
public sealed class JournalRecoveryTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    private JournalFiles Files => new(_temp["journal"]);

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_whole_recording_is_not_touched()
    {
        Write((OutputStream.Stdout, "one"), (OutputStream.Stderr, "two"), (OutputStream.Stdout, "three"));
        var before = File.ReadAllBytes(Files.Index);

        var extent = JournalRecovery.Rebuild(Files, TimeProvider.System);

        extent.ShouldBe(new JournalExtent(3, 8, 3, extent.LastMicroseconds));
        File.ReadAllBytes(Files.Index).ShouldBe(before);
    }

    [Fact]
    public void Nothing_recorded_is_a_recording_too()
    {
        Write();

        JournalRecovery.Rebuild(Files, TimeProvider.System).ShouldBe(new JournalExtent(0, 0, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(23)]
    public void A_torn_index_record_goes_and_its_bytes_get_a_new_one(int bytesLeftOfIt)
    {
        Write((OutputStream.Stdout, "one"), (OutputStream.Stdout, "two"));
        Truncate(Files.Index, IndexRecord.Size + bytesLeftOfIt);

        var extent = JournalRecovery.Rebuild(Files, TimeProvider.System);

        extent.Sequence.ShouldBe(2);
        Record(2).ShouldSatisfyAllConditions(
            record => record.Recovered.ShouldBeTrue(),
            record => record.Offset.ShouldBe(3),
            record => record.Length.ShouldBe(3));
        JournalReading.ReadAll(Files, 2).ShouldBe("onetwo"u8.ToArray());
    }

    [Fact]
    public void Bytes_of_both_streams_without_a_record_get_records_in_pieces()
    {
        Write((OutputStream.Stdout, "one"));
        File.AppendAllText(Files.Of(OutputStream.Stdout), new string('x', (2 * IndexRecord.MaxLength) + 1));
        File.AppendAllText(Files.Of(OutputStream.Stderr), "err");

        var extent = JournalRecovery.Rebuild(Files, TimeProvider.System);

        extent.Sequence.ShouldBe(5);
        extent.StdoutBytes.ShouldBe(3 + (2 * IndexRecord.MaxLength) + 1);
        extent.StderrBytes.ShouldBe(3);
        Enumerable.Range(2, 4).Select(sequence => Record(sequence).Length).ShouldBe([IndexRecord.MaxLength, IndexRecord.MaxLength, 1, 3]);
        JournalReading.ReadAll(Files, 5, OutputStream.Stderr).ShouldBe("err"u8.ToArray());
    }

    [Fact]
    public void A_record_whose_bytes_are_gone_goes_with_those_after_it()
    {
        Write((OutputStream.Stdout, "one"), (OutputStream.Stdout, "two"), (OutputStream.Stderr, "err"), (OutputStream.Stdout, "three"));
        Truncate(Files.Of(OutputStream.Stdout), 4);

        var extent = JournalRecovery.Rebuild(Files, TimeProvider.System);

        extent.StdoutBytes.ShouldBe(4);
        extent.StderrBytes.ShouldBe(3);
        JournalReading.ReadAll(Files, extent.Sequence).ShouldBe("onet"u8.ToArray());
        JournalReading.ReadAll(Files, extent.Sequence, OutputStream.Stderr).ShouldBe("err"u8.ToArray());
    }

    [Fact]
    public void A_lost_index_is_made_anew_from_the_files()
    {
        Write((OutputStream.Stdout, "one"), (OutputStream.Stderr, "two"));
        File.Delete(Files.Index);

        var extent = JournalRecovery.Rebuild(Files, TimeProvider.System);

        extent.Sequence.ShouldBe(2);
        JournalReading.ReadAll(Files, 2).ShouldBe("one"u8.ToArray());
    }

    [Fact]
    public void A_recovered_recording_goes_on_where_it_ended_and_its_times_never_fall()
    {
        Write((OutputStream.Stdout, "one"));
        Truncate(Files.Index, 0);
        using (var writer = new JournalWriter(Files, new JournalHead(default), TimeProvider.System))
        {
            writer.Append(OutputStream.Stdout, "two"u8);
        }

        JournalReading.ReadAll(Files, 2).ShouldBe("onetwo"u8.ToArray());
        Record(2).AtMicroseconds.ShouldBeGreaterThanOrEqualTo(Record(1).AtMicroseconds);
        Record(2).Recovered.ShouldBeFalse();
    }

    [Fact]
    public void Damage_anywhere_never_makes_it_throw_or_promise_bytes_that_are_not_there()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            if (Directory.Exists(Files.Directory))
            {
                Directory.Delete(Files.Directory, recursive: true);
            }

            Write([.. Enumerable.Range(0, random.Next(1, 40)).Select(i => ((OutputStream)random.Next(2), new string((char)('a' + (i % 26)), random.Next(1, 9000))))]);
            foreach (var path in new[] { Files.Index, Files.Of(OutputStream.Stdout), Files.Of(OutputStream.Stderr) })
            {
                if (random.Next(2) == 0)
                {
                    Truncate(path, random.NextInt64(new FileInfo(path).Length + 1));
                }
            }

            var extent = JournalRecovery.Rebuild(Files, TimeProvider.System);

            JournalReading.ReadAll(Files, extent.Sequence).Length.ShouldBe((int)extent.StdoutBytes);
            JournalReading.ReadAll(Files, extent.Sequence, OutputStream.Stderr).Length.ShouldBe((int)extent.StderrBytes);
            JournalRecovery.Rebuild(Files, TimeProvider.System).ShouldBe(extent);
        }
    }

    private void Write(params (OutputStream Stream, string Text)[] pieces)
    {
        using var writer = new JournalWriter(Files, new JournalHead(default), TimeProvider.System);
        foreach (var (stream, text) in pieces)
        {
            writer.Append(stream, System.Text.Encoding.UTF8.GetBytes(text));
        }
    }

    private IndexRecord Record(int sequence) =>
        IndexRecord.Read(File.ReadAllBytes(Files.Index).AsSpan((int)IndexRecord.PositionOf(sequence)));

    private static void Truncate(string path, long length)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(length);
    }
}
