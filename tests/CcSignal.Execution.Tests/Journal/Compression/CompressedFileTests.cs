using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Journal.Compression;
using CcSignal.Execution.Subscriptions;
using static CcSignal.Execution.Tests.Journal.Compression.Recorded;

namespace CcSignal.Execution.Tests.Journal.Compression;

/// <summary>What was recorded is read from a compressed file as from a plain one, at any place; what is damaged is told and never given out.</summary>
public sealed class CompressedFileTests
{
    [Theory]
    [InlineData(RecordingCompressor.LeastBytes)]
    [InlineData(Block - 1)]
    [InlineData(Block)]
    [InlineData(Block + 1)]
    [InlineData(2 * Block)]
    [InlineData((3 * Block) - 1)]
    [InlineData(20 * Block)]
    [InlineData((20 * Block) + 1)]
    public async Task Text_of_any_length_is_read_from_any_place(int bytes)
    {
        var text = Text(bytes);
        using var recorded = new Recorded(text);

        await recorded.CompressAsync();

        recorded.Names.ShouldContain("stdout.compressed");
        recorded.Names.ShouldNotContain("stdout");
        ReadEverywhere(recorded.Stdout, text);
    }

    [Fact]
    public async Task Blocks_that_do_not_get_smaller_are_stored_among_those_that_do()
    {
        byte[] mixed = [.. Text(Block), .. Noise(Block), .. Text(2 * Block), .. Noise(10)];
        using var recorded = new Recorded(mixed);

        await recorded.CompressAsync();

        recorded.Names.ShouldContain("stdout.compressed");
        ReadEverywhere(recorded.Stdout, mixed);
    }

    [Fact]
    public async Task What_is_too_small_or_hardly_gets_smaller_stays_as_it_is()
    {
        using var empty = new Recorded([]);
        using var small = new Recorded(Text(RecordingCompressor.LeastBytes - 1));
        using var noise = new Recorded(Noise(3 * Block), Noise(20 * Block));
        // Of eight blocks one gets smaller: by less than an eighth of all. Of seven it is more.
        using var eighth = new Recorded([.. Text(Block), .. Noise(7 * Block)]);
        using var seventh = new Recorded([.. Text(Block), .. Noise(6 * Block)]);

        foreach (var one in new[] { empty, small, noise, eighth })
        {
            (await one.CompressAsync()).ShouldBe(one.Names.Sum(name => new FileInfo(Path.Combine(one.Files.Directory, name)).Length));
            one.Names.ShouldContain("stdout");
            one.Names.ShouldContain("stderr");
            File.Exists(one.Begun).ShouldBeFalse();
        }

        await seventh.CompressAsync();
        seventh.Names.ShouldBe(["index", "stderr", "stdout.compressed"]);
    }

    [Fact]
    public async Task Readers_by_sequence_in_tail_and_in_slices_read_the_same()
    {
        using var recorded = new Recorded(Text(20 * Block), Text(3 * Block));
        var sequence = recorded.Extent.Sequence;
        var before = Observe();

        var bytes = await recorded.CompressAsync();

        recorded.Names.ShouldBe(["index.compressed", "stderr.compressed", "stdout.compressed"]);
        bytes.ShouldBe(recorded.Names.Sum(name => new FileInfo(Path.Combine(recorded.Files.Directory, name)).Length));
        bytes.ShouldBeLessThan((recorded.Extent.StdoutBytes + recorded.Extent.StderrBytes) / 2);
        Observe().ShouldBe(before);

        List<string> Observe()
        {
            var seen = new List<string>();
            foreach (var from in new[] { 1, 2, sequence / 2, sequence, sequence + 1 })
            {
                using var reader = new JournalReader(recorded.Files, from);
                while (reader.TryRead(sequence, Limits.MaxOutputChunkBytes, out var chunk))
                {
                    seen.Add($"{chunk.Sequence} {chunk.Stream} {chunk.Offset} {chunk.AtMicroseconds} {Crc32C.Of(chunk.Data.Span)}");
                    reader.Rest();
                }
            }

            using var tail = new JournalReader(recorded.Files, 5);
            seen.AddRange(Tail.Skip(tail, recorded.Extent, CancellationToken.None).Select(gap => gap.ToString()));
            seen.AddRange(Outline.Read(recorded.Files, sequence, 10, CancellationToken.None).Select(slice => slice.ToString()));
            seen.Add(JournalRecovery.Inspect(recorded.Files).ToString());
            return seen;
        }
    }

    // As docs/journal.md describes it, without the code that reads it here.
    [Fact]
    public async Task The_bytes_are_those_that_the_documentation_describes()
    {
        byte[] content = [.. Text(Block), .. Noise(Block), .. Text(100)];
        using var recorded = new Recorded(content);
        await recorded.CompressAsync();
        var file = await File.ReadAllBytesAsync(recorded.Stdout + ".compressed", TestContext.Current.CancellationToken);

        Encoding.ASCII.GetString(file, 0, 8).ShouldBe("CCBLOCK1");
        BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(8)).ShouldBe(content.Length);
        BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(16)).ShouldBe(131_072);
        BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(20)).ShouldBe(Crc32C.Of(file.AsSpan(0, 20)));
        using var restored = new MemoryStream();
        for (var block = 0; block < 3; block++)
        {
            var line = file.AsSpan(24 + (block * 16), 16);
            var stored = file.AsSpan((int)BinaryPrimitives.ReadInt64LittleEndian(line), BinaryPrimitives.ReadInt32LittleEndian(line[8..])).ToArray();
            var length = Math.Min(131_072, content.Length - (block * 131_072));
            var bytes = stored;
            if (stored.Length != length)
            {
                using var brotli = new BrotliStream(new MemoryStream(stored), CompressionMode.Decompress);
                bytes = new byte[length];
                brotli.ReadExactly(bytes);
            }

            Crc32C.Of(bytes).ShouldBe(BinaryPrimitives.ReadUInt32LittleEndian(line[12..]));
            restored.Write(bytes);
        }

        restored.ToArray().AsSpan().SequenceEqual(content).ShouldBeTrue();
    }

    // The check value of the algorithm in the catalogue of parametrised CRCs, and the vectors of RFC 3720, B.4.
    [Fact]
    public void The_checksum_is_CRC_32C()
    {
        Crc32C.Of("123456789"u8).ShouldBe(0xE3069283);
        Crc32C.Of(new byte[32]).ShouldBe(0x8A9136AAu);
        Crc32C.Of([]).ShouldBe(0u);
    }

    [Fact]
    public async Task A_damaged_file_gives_the_recorded_bytes_or_says_where_it_is_damaged()
    {
        byte[] content = [.. Text(2 * Block), .. Noise(Block / 2), .. Text(Block)];
        using var recorded = new Recorded(content);
        await recorded.CompressAsync();
        var path = recorded.Stdout + ".compressed";
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var random = new Random(7);
        var told = 0;
        for (var round = 0; round < 400; round++)
        {
            var damaged = whole.ToArray();
            // The header and the table are small: half of the rounds hit them.
            damaged[random.Next(random.Next(2) == 0 ? 24 + (4 * 16) : damaged.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, round % 4 == 0 ? whole[..random.Next(whole.Length)] : damaged, TestContext.Current.CancellationToken);
            told += ReadOrHear(recorded.Stdout, content, path) ? 0 : 1;
        }

        // A few bits mean nothing to the decompressor: the last byte of a block is filled up with them.
        told.ShouldBeGreaterThan(360);
    }

    [Fact]
    public async Task A_damaged_block_harms_no_other()
    {
        var content = Text(3 * Block);
        using var recorded = new Recorded(content);
        await recorded.CompressAsync();
        var path = recorded.Stdout + ".compressed";
        var file = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var position = BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(24 + 16));
        file[position + 100] ^= 1;
        await File.WriteAllBytesAsync(path, file, TestContext.Current.CancellationToken);
        using var damaged = JournalFile.Open(recorded.Stdout);
        var buffer = new byte[Block];

        JournalFile.Fill(damaged, buffer, 0);
        buffer.ShouldBe(content[..Block]);
        var fault = Should.Throw<InvalidDataException>(() => JournalFile.Fill(damaged, buffer, Block));
        fault.Message.ShouldBe($"'{path}' is damaged at byte {position}: bytes {Block} to {(2 * Block) - 1} of what was recorded cannot be read.");
        JournalFile.Fill(damaged, buffer, 2 * Block);
        buffer.ShouldBe(content[(2 * Block)..]);
    }

    [Fact]
    public async Task Who_has_opened_a_file_reads_on_when_it_is_compressed_and_who_comes_later_reads_the_same()
    {
        var content = Text(20 * Block);
        using var recorded = new Recorded(content);
        using var early = new JournalReader(recorded.Files, 1);
        early.TryRead(recorded.Extent.Sequence, Limits.MaxOutputChunkBytes, out var first).ShouldBeTrue();
        using var bytes = new MemoryStream();
        bytes.Write(first.Data.Span);

        await recorded.CompressAsync();

        while (early.TryRead(recorded.Extent.Sequence, Limits.MaxOutputChunkBytes, out var chunk))
        {
            bytes.Write(chunk.Data.Span);
        }

        bytes.ToArray().AsSpan().SequenceEqual(content).ShouldBeTrue();
        JournalReading.ReadAll(recorded.Files, recorded.Extent.Sequence).AsSpan().SequenceEqual(content).ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_file_has_beyond_its_recording_goes()
    {
        var content = Text(2 * Block);
        using var recorded = new Recorded(content);
        await File.AppendAllTextAsync(recorded.Stdout, "written after the end", TestContext.Current.CancellationToken);

        await recorded.CompressAsync();

        ReadEverywhere(recorded.Stdout, content);
    }

    [Fact]
    public async Task A_recording_that_was_cut_stays_as_it_is()
    {
        using var recorded = new Recorded(Text(2 * Block));
        await using (var file = File.OpenWrite(recorded.Stdout))
        {
            file.SetLength(Block);
        }

        await recorded.CompressAsync();

        recorded.Names.ShouldContain("stdout");
        new FileInfo(recorded.Stdout).Length.ShouldBe(Block);
    }

    [Fact]
    public async Task A_compressed_recording_is_not_repaired_but_taken_as_it_is()
    {
        using var recorded = new Recorded(Text(30 * Block));
        await recorded.CompressAsync();
        var names = recorded.Names;
        names.ShouldContain("index.compressed");

        JournalRecovery.Rebuild(recorded.Files, TimeProvider.System).ShouldBe(recorded.Extent);

        recorded.Names.ShouldBe(names);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_was_killed_before_the_plain_file_went_is_done_again(bool wholeOne)
    {
        var content = Text(2 * Block);
        using var recorded = new Recorded(content);
        await File.WriteAllBytesAsync(recorded.Begun, Noise(100), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(recorded.Stdout + ".compressed", wholeOne ? Noise(5) : [], TestContext.Current.CancellationToken);
        ReadEverywhere(recorded.Stdout, content);

        await recorded.CompressAsync();

        recorded.Names.ShouldContain("stdout.compressed");
        recorded.Names.ShouldNotContain("stdout");
        ReadEverywhere(recorded.Stdout, content);
        File.Exists(recorded.Begun).ShouldBeFalse();
    }

    [Fact]
    public async Task A_work_that_is_broken_off_leaves_the_plain_file_and_nothing_else()
    {
        var content = Text(20 * Block);
        using var recorded = new Recorded(content);

        await Should.ThrowAsync<OperationCanceledException>(() => new RecordingCompressor(recorded.DataDirectory, TimeProvider.System)
            .CompressAsync(recorded.Files, recorded.Extent, new CancellationToken(canceled: true)));

        recorded.Names.ShouldBe(["index", "stderr", "stdout"]);
        File.Exists(recorded.Begun).ShouldBeFalse();
        ReadEverywhere(recorded.Stdout, content);
    }

    [Fact]
    public async Task Only_the_servers_user_may_read_what_is_compressed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Modes of files are Unix.");
            return;
        }

        using var recorded = new Recorded(Text(2 * Block));

        await recorded.CompressAsync();

        File.GetUnixFileMode(recorded.Stdout + ".compressed").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static void ReadEverywhere(string path, byte[] expected)
    {
        using var file = JournalFile.Open(path);
        file.Length.ShouldBeGreaterThanOrEqualTo(expected.Length);
        var whole = new byte[expected.Length];
        JournalFile.Fill(file, whole, 0);
        whole.AsSpan().SequenceEqual(expected).ShouldBeTrue();
        var random = new Random(3);
        for (var border = 0; border <= expected.Length + Block; border += Block)
        {
            foreach (var from in new[] { border - 1, border, border + 1, border + random.Next(Block) })
            {
                foreach (var count in new[] { 1, 2, random.Next(1, Block), 2 * Block })
                {
                    if (from >= 0 && from + count <= expected.Length)
                    {
                        var buffer = new byte[count];
                        JournalFile.Fill(file, buffer, from);
                        buffer.AsSpan().SequenceEqual(expected.AsSpan(from, count)).ShouldBeTrue($"{count} bytes from {from}");
                    }
                }
            }
        }

        file.Read(new byte[1], file.Length).ShouldBe(0);
        file.Read(new byte[1], file.Length + Block).ShouldBe(0);
    }

    // False: it said that it is damaged.
    private static bool ReadOrHear(string plain, byte[] expected, string path)
    {
        try
        {
            using var file = JournalFile.Open(plain);
            file.Length.ShouldBe(expected.Length);
            for (var position = 0; position < expected.Length; position += 10_000)
            {
                var buffer = new byte[Math.Min(10_000, expected.Length - position)];
                JournalFile.Fill(file, buffer, position);
                buffer.AsSpan().SequenceEqual(expected.AsSpan(position, buffer.Length)).ShouldBeTrue();
            }

            return true;
        }
        catch (InvalidDataException fault)
        {
            fault.Message.ShouldContain($"'{path}' is damaged at byte ");
            return false;
        }
    }
}
