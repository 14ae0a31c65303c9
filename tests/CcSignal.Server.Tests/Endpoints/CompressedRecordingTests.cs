using System.Net;
using System.Net.Http.Headers;
using CcSignal.Contracts;
using CcSignal.Execution;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Journal.Compression;
using CcSignal.Execution.Retention;
using CcSignal.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.Server.Tests.Endpoints;

/// <summary>A compressed recording is downloaded as a plain one.</summary>
public sealed class CompressedRecordingTests
{
    private const int Block = FileCompressor.BlockBytes;
    private static readonly Caller User = new("user", Administrator: false);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Every_range_gives_exactly_the_bytes_it_gave_before()
    {
        await using var server = await StartAsync();
        using var client = server.Client(RunningServer.User);
        var files = await RunAsync(server);
        var path = "/executions/compressed/output?stream=stdout";
        var whole = await client.GetByteArrayAsync(path, Cancelled);
        var index = await client.GetByteArrayAsync("/executions/compressed/index", Cancelled);
        var outline = await client.GetStringAsync("/executions/compressed/index?points=10", Cancelled);
        await CompressAsync(server, files);

        IsSame(await client.GetByteArrayAsync(path, Cancelled), whole).ShouldBeTrue();
        IsSame(await client.GetByteArrayAsync("/executions/compressed/index", Cancelled), index).ShouldBeTrue();
        (await client.GetStringAsync("/executions/compressed/index?points=10", Cancelled)).ShouldBe(outline);
        var size = whole.Length;
        (long? From, long? To, Range Expected)[] ranges =
        [
            (0, 0, ..1), (0, size - 1, ..), (Block - 1, Block - 1, (Block - 1)..Block), (Block, Block, Block..(Block + 1)), (Block - 1, Block, (Block - 1)..(Block + 1)),
            (Block - 10, (3 * Block) + 10, (Block - 10)..((3 * Block) + 11)), (Block, (2 * Block) - 1, Block..(2 * Block)), (size - 1, null, ^1..), (size - 10, size + 10, ^10..),
            (null, 1, ^1..), (null, Block + 1, ^(Block + 1)..), (null, size + 5, ..), ((2 * Block) + 5, null, ((2 * Block) + 5)..),
        ];
        foreach (var (from, to, expected) in ranges)
        {
            using var part = await GetAsync(client, path, new RangeHeaderValue(from, to));
            part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
            IsSame(await part.Content.ReadAsByteArrayAsync(Cancelled), whole[expected]).ShouldBeTrue($"{from}-{to}");
            part.Content.Headers.ContentRange!.Length.ShouldBe(size);
        }

        using var beyond = await GetAsync(client, path, new RangeHeaderValue(size, null));
        beyond.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        using var several = await GetAsync(client, path, new RangeHeaderValue { Ranges = { new(0, 1), new(Block, Block) } });
        IsSame(await several.Content.ReadAsByteArrayAsync(Cancelled), whole).ShouldBeTrue();
        using var records = await GetAsync(client, "/executions/compressed/index", new RangeHeaderValue(IndexRecord.Size, (2 * IndexRecord.Size) - 1));
        (await records.Content.ReadAsByteArrayAsync(Cancelled)).ShouldBe(index[IndexRecord.Size..(2 * IndexRecord.Size)]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Its_head_tells_the_recorded_length()
    {
        await using var server = await StartAsync();
        using var client = server.Client(RunningServer.User);
        var files = await RunAsync(server);
        var size = new FileInfo(files.Of(OutputStream.Stdout)).Length;
        await CompressAsync(server, files);
        using var request = new HttpRequestMessage(HttpMethod.Head, "/executions/compressed/output?stream=stdout");

        using var answer = await client.SendAsync(request, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentLength.ShouldBe(size);
        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_comes_to_damage_gets_nothing_of_it_and_the_log_says_where()
    {
        await using var server = await StartAsync();
        using var client = server.Client(RunningServer.User);
        var files = await RunAsync(server);
        var path = "/executions/compressed/output?stream=stdout";
        var whole = await client.GetByteArrayAsync(path, Cancelled);
        await CompressAsync(server, files);
        var compressed = CompressedFile.PathOf(files.Of(OutputStream.Stdout));
        var bytes = await File.ReadAllBytesAsync(compressed, Cancelled);
        var third = BlockEntry.Read(bytes.AsSpan((int)CompressedHeader.EntryOf(2)));
        bytes[third.Position + 50] ^= 4;
        await File.WriteAllBytesAsync(compressed, bytes, Cancelled);

        using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        using var got = new MemoryStream();
        await Should.ThrowAsync<HttpIOException>(async () => await (await answer.Content.ReadAsStreamAsync(Cancelled)).CopyToAsync(got, Cancelled));
        using var inside = await GetAsync(client, path, new RangeHeaderValue((2 * Block) + 5, (2 * Block) + 5));
        using var behind = await GetAsync(client, path, new RangeHeaderValue(3 * Block, (3 * Block) + 99));

        IsSame(got.ToArray(), whole[..(int)got.Length]).ShouldBeTrue();
        got.Length.ShouldBeLessThanOrEqualTo(2 * Block);
        inside.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await behind.Content.ReadAsByteArrayAsync(Cancelled)).ShouldBe(whole[(3 * Block)..((3 * Block) + 100)]);
        var where = $"'{compressed}' is damaged at byte {third.Position}";
        await Eventually.Holds(() => server.LogText.Contains(where, StringComparison.Ordinal), null, Cancelled);
        await FollowAsync(server);
        await Eventually.Holds(() => server.LogText.Contains($"cannot be read to its end: {where}", StringComparison.Ordinal), null, Cancelled);
    }

    private static Task<RunningServer> StartAsync() =>
        RunningServer.StartAsync(("CcSignal:Journal:CompressAfterSeconds", "0"), ("CcSignal:Retention:IntervalSeconds", "86400"));

    // More than 30 blocks: its index is compressed too.
    private static async Task<JournalFiles> RunAsync(RunningServer server)
    {
        var executions = server.App.Services.GetRequiredService<ExecutionService>();
        await executions.StartAsync(new ExecutionRequest { Id = "compressed", Command = Child.Path, Arguments = ["lines", "40000", "0", "100"] }, User);
        await FollowAsync(server);
        using var recording = await executions.OpenRecordingAsync("compressed", User, Cancelled);
        return recording.Files;
    }

    private static async Task FollowAsync(RunningServer server)
    {
        using var subscription = await server.App.Services.GetRequiredService<ExecutionService>().FollowAsync("compressed", null, User, Cancelled);
        await foreach (var item in subscription.EventsAsync(Cancelled))
        {
            _ = item;
        }
    }

    private static async Task CompressAsync(RunningServer server, JournalFiles files)
    {
        var sweep = server.App.Services.GetRequiredService<CompressionSweep>();
        await Eventually.HoldsAsync(async () => await sweep.RunAsync(Cancelled) == 1, "it has ended and was compressed", Cancelled);
        (File.Exists(files.Of(OutputStream.Stdout)), File.Exists(files.Index)).ShouldBe((false, false));
    }

    // Megabytes: not byte by byte.
    private static bool IsSame(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string path, RangeHeaderValue range)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = range;
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
    }
}
