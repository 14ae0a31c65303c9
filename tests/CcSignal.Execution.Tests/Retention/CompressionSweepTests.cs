using CcSignal.Contracts;
using CcSignal.Execution.Admission;
using CcSignal.Execution.History;
using CcSignal.Execution.History.Sqlite;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Journal.Compression;
using CcSignal.Execution.Retention;
using CcSignal.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CcSignal.Execution.Tests.Retention;

/// <summary>What ended is compressed when its time has come, whoever reads it, and retention counts what is left of it.</summary>
public sealed class CompressionSweepTests
{
    private const string After = "CcSignal:Journal:CompressAfterSeconds";

    private static readonly string[] Lines = ["lines", "4000", "0", "100"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_ended_is_compressed_in_the_background_and_read_as_before()
    {
        await using var engine = await Engine.StartAsync("auto", (After, "0"), ("CcSignal:Retention:IntervalSeconds", "1"));
        var before = await engine.RunAsync(Lines);
        var (info, all) = (before[^1].Info!, before.Bytes());
        var files = FilesOf(engine).ShouldHaveSingleItem();

        await Eventually.Holds(() => !File.Exists(files.Of(OutputStream.Stdout)) && !File.Exists(Path.Combine(engine.DataDirectory, "journal", "compressing")), null, Token);

        (await engine.FollowToEndAsync(info.Id)).Bytes().AsSpan().SequenceEqual(all).ShouldBeTrue();
        foreach (var from in new[] { 2, info.Sequence / 2, info.Sequence, info.Sequence + 1 })
        {
            var part = await engine.FollowToEndAsync(info.Id, new FollowOptions { FromSequence = from });
            part.ShouldNotContain(item => item.Kind == EventKind.Gap || item.Kind == EventKind.Notice);
            var output = part.Where(item => item.Kind == EventKind.Output).ToList();
            (output.Count > 0).ShouldBe(from <= info.Sequence);
            byte[] rest = [.. output.SelectMany(item => item.Data!.Value.ToArray())];
            rest.AsSpan().SequenceEqual(all.AsSpan((int)(output.Count > 0 ? output[0].Offset!.Value : all.Length))).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task By_default_and_before_its_time_nothing_is_compressed()
    {
        await using var never = await Engine.StartAsync("auto", ("CcSignal:Retention:IntervalSeconds", "1"));
        await using var later = await Engine.StartAsync("auto", (After, "3600"));
        await never.RunAsync(Lines);
        await later.RunAsync(Lines);

        never.Services.GetRequiredService<CompressionSweep>().IsOn.ShouldBeFalse();
        (await SweepAsync(later)).ShouldBe(0);

        FilesOf(never).Concat(FilesOf(later)).ShouldAllBe(files => File.Exists(files.Of(OutputStream.Stdout)) && File.Exists(files.Index));
    }

    [Fact]
    public async Task What_runs_is_left_alone()
    {
        await using var engine = await Engine.StartAsync("auto", (After, "0"), ("CcSignal:Retention:IntervalSeconds", "86400"));
        var running = await engine.Service.StartAsync(Engine.Request("lines", "1000000", "1", "1000"), Engine.Admin);
        await Eventually.HoldsAsync(async () => (await engine.Service.GetAsync(running.Id, Engine.Admin, Token)).StdoutBytes > 2 * RecordingCompressor.LeastBytes, "it writes", Token);

        (await SweepAsync(engine)).ShouldBe(0);

        File.Exists(FilesOf(engine).Single().Of(OutputStream.Stdout)).ShouldBeTrue();
        await engine.Service.CancelAsync(running.Id, null, Engine.Admin, Token);
        await engine.FollowToEndAsync(running.Id);
        (await SweepUntilTriedAsync(engine)).ShouldBe(1);
    }

    [Fact]
    public async Task Who_follows_meanwhile_gets_every_byte()
    {
        await using var engine = await Engine.StartAsync("auto", (After, "0"), ("CcSignal:Retention:IntervalSeconds", "86400"));
        var before = await engine.RunAsync(Lines);
        var id = before[^1].Info!.Id;
        using var subscription = await engine.Service.FollowAsync(id, new FollowOptions { WindowBytes = 8192 }, Engine.Admin, Token);
        using var bytes = new MemoryStream();
        await foreach (var item in subscription.EventsAsync(Token))
        {
            if (item is { Kind: EventKind.Output, Data: { } data })
            {
                if (bytes.Length == 0)
                {
                    (await SweepUntilTriedAsync(engine)).ShouldBe(1);
                    File.Exists(FilesOf(engine).Single().Of(OutputStream.Stdout)).ShouldBeFalse();
                }

                bytes.Write(data.Span);
                subscription.Window.Acknowledge(item.Sequence!.Value);
            }
        }

        bytes.ToArray().AsSpan().SequenceEqual(before.Bytes()).ShouldBeTrue();
    }

    [Fact]
    public async Task What_commands_wrote_themselves_is_compressed_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only the Linux launcher lets commands write themselves.");
        await using var engine = await Engine.StartAsync("auto", (After, "0"), ("CcSignal:Profiles:default:Output", "direct"));
        var before = await engine.RunAsync(Lines);

        await SweepUntilTriedAsync(engine);

        FilesOf(engine).Single().IsDirect.ShouldBeTrue();
        File.Exists(FilesOf(engine).Single().Of(OutputStream.Stdout)).ShouldBeFalse();
        (await engine.FollowToEndAsync(before[^1].Info!.Id)).Text().ShouldBe(before.Text());
    }

    [Fact]
    public async Task Retention_counts_what_is_left_and_deletes_all_of_it()
    {
        await using var engine = await Engine.StartAsync("auto", (After, "0"), ("CcSignal:Retention:IntervalSeconds", "86400"));
        var store = engine.Services.GetRequiredService<IExecutionStore>();
        var retention = engine.Services.GetRequiredService<RetentionSweep>();
        var first = (await engine.RunAsync(Lines))[^1].Info!.Id;
        var second = (await engine.RunAsync(Lines))[^1].Info!.Id;
        var plain = await store.EndedTotalsAsync(null, Token);
        plain.Bytes.ShouldBe(OnDisk(engine));

        await SweepUntilTriedAsync(engine, 2);

        var compressed = await store.EndedTotalsAsync(null, Token);
        compressed.Executions.ShouldBe(2);
        compressed.Bytes.ShouldBe(OnDisk(engine));
        compressed.Bytes.ShouldBeLessThan(plain.Bytes / 2);
        (await SweepAsync(engine)).ShouldBe(0, "each is tried once");
        (await retention.RunAsync(new RetentionRule(null, new KeepOptions { MaxBytes = compressed.Bytes }), Token)).ShouldBe(0);
        (await retention.RunAsync(new RetentionRule(null, new KeepOptions { MaxBytes = compressed.Bytes - 1 }), Token)).ShouldBe(1);
        (await store.EndedTotalsAsync(null, Token)).Bytes.ShouldBe(OnDisk(engine));
        (await Should.ThrowAsync<RefusedException>(() => engine.Service.GetAsync(first, Engine.Admin, Token))).Code.ShouldBe(ErrorCodes.NotFound);
        await engine.FollowToEndAsync(second);
        (await retention.RunAsync(new RetentionRule(null, new KeepOptions { MaxExecutions = 0 }), Token)).ShouldBe(1);
        FilesOf(engine).ShouldBeEmpty();
        (await store.EndedTotalsAsync(null, Token)).ShouldBe(default);
    }

    [Fact]
    public async Task What_cannot_be_made_smaller_is_tried_once()
    {
        await using var engine = await Engine.StartAsync("auto", (After, "0"), ("CcSignal:Retention:IntervalSeconds", "86400"));
        await engine.RunAsync("flood", "300000");
        await engine.RunAsync("flood", "100");

        (await SweepUntilTriedAsync(engine)).ShouldBe(1, "one of 100 bytes is not even looked at");

        (await SweepAsync(engine)).ShouldBe(0);
        FilesOf(engine).ShouldAllBe(files => File.Exists(files.Of(OutputStream.Stdout)));
        (await engine.Services.GetRequiredService<IExecutionStore>().EndedTotalsAsync(null, Token)).Bytes.ShouldBe(OnDisk(engine));
    }

    [Fact]
    public async Task Without_room_on_the_disk_it_waits()
    {
        await using var engine = await Engine.StartAsync("auto", (After, "0"), ("CcSignal:Retention:IntervalSeconds", "86400"));
        await engine.RunAsync(Lines);
        var options = engine.Services.GetRequiredService<IOptions<JournalOptions>>().Value;
        var wanted = options.MinFreeBytes;

        options.MinFreeBytes = long.MaxValue;
        (await SweepAsync(engine)).ShouldBe(0);
        File.Exists(FilesOf(engine).Single().Of(OutputStream.Stdout)).ShouldBeTrue();

        options.MinFreeBytes = wanted;
        (await SweepUntilTriedAsync(engine)).ShouldBe(1);
    }

    [Theory]
    [InlineData("stdout.compressed", false)]
    [InlineData("stdout.compressed", true)]
    [InlineData("index.compressed", false)]
    [InlineData("index.compressed", true)]
    public async Task A_damaged_one_is_shown_to_its_last_good_piece_and_the_rest_is_a_gap(string file, bool isHeader)
    {
        await using var engine = await Engine.StartAsync("auto", (After, "0"), ("CcSignal:Retention:IntervalSeconds", "86400"));
        // Enough that its index is compressed too.
        var before = (await engine.RunAsync("lines", "40000", "0", "100")).Bytes();
        var id = (await engine.Service.ListAsync(null, Engine.Admin, Token)).Items.Single().Id;
        await SweepUntilTriedAsync(engine);
        var path = Path.Combine(FilesOf(engine).Single().Directory, file);
        var bytes = await File.ReadAllBytesAsync(path, Token);
        // The header, or the end of the last block.
        bytes[isHeader ? 9 : bytes.Length - 20] ^= 0x10;
        await File.WriteAllBytesAsync(path, bytes, Token);

        var events = await engine.FollowToEndAsync(id);

        events.Single(item => item.Kind == EventKind.Notice).Code.ShouldBe(NoticeCodes.RecordingDamaged);
        var shown = events.Bytes();
        shown.AsSpan().SequenceEqual(before.AsSpan(0, shown.Length)).ShouldBeTrue();
        (shown.Length > 0).ShouldBe(!isHeader && file == "stdout.compressed");
        var gap = events.Single(item => item.Kind == EventKind.Gap);
        (gap.Stream, gap.Offset, gap.Bytes).ShouldBe((OutputStream.Stdout, shown.Length, before.Length - shown.Length));
        events[^1].Kind.ShouldBe(EventKind.Ended);
    }

    [Theory]
    [InlineData("-0.001", false)]
    [InlineData("0", true)]
    [InlineData("3153600000", true)]
    [InlineData("3153600001", false)]
    [InlineData("NaN", false)]
    public async Task The_time_is_within_its_range(string seconds, bool isTaken)
    {
        if (isTaken)
        {
            await using var engine = await Engine.StartAsync("auto", (After, seconds));
            await SweepAsync(engine);
        }
        else
        {
            (await Should.ThrowAsync<OptionsValidationException>(() => Engine.StartAsync("auto", (After, seconds)))).Message.ShouldContain("CompressAfterSeconds");
        }
    }

    [Fact]
    public async Task What_waits_for_it_is_found_by_an_index_of_its_own()
    {
        await using var engine = await Engine.StartAsync();
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(engine.DataDirectory, "history.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = HistoryReader.CompressibleText(null, 1L << 60, 100).On(connection);
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        var plan = new List<string>();
        await using var row = await command.ExecuteReaderAsync(Token);
        while (await row.ReadAsync(Token))
        {
            plan.Add(row.GetString(3));
        }

        plan.ShouldBe(["SEARCH executions USING INDEX ix_executions_compressible (ended_at>? AND ended_at<?)"]);
    }

    private static Task<int> SweepAsync(Engine engine) => engine.Services.GetRequiredService<CompressionSweep>().RunAsync(Token);

    // An end is told before the execution is let go of, and one that ended in this millisecond did not end before it.
    private static async Task<int> SweepUntilTriedAsync(Engine engine, int count = 1)
    {
        var tried = 0;
        await Eventually.HoldsAsync(async () => (tried += await SweepAsync(engine)) >= count, "it is compressed", Token);
        return tried;
    }

    private static List<JournalFiles> FilesOf(Engine engine) =>
        [.. Directory.GetDirectories(Path.Combine(engine.DataDirectory, "journal"), "2*").SelectMany(Directory.GetDirectories).Select(path => new JournalFiles(path))];

    private static long OnDisk(Engine engine) => FilesOf(engine).SelectMany(files => Directory.GetFiles(files.Directory))
        .Where(path => Path.GetFileName(path).Split('.')[0] is "stdout" or "stderr" or "index").Sum(path => new FileInfo(path).Length);
}
