using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Text;
using CcSignal.Client;
using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Retention;
using CcSignal.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CcSignal.Execution.Tests.Journal.Compression;

/// <summary>
/// Prints what compression saves and costs here; nothing is asserted about time. Each content is recorded twice in one server and one of the two is compressed;
/// then both are replayed in turns. Run with <c>-explicit only -showLiveOutput</c>; CCSIGNAL_FIGURES_MEGABYTES is another size.
/// </summary>
public sealed class CompressionFigures(ITestOutputHelper output)
{
    private const int Rounds = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Explicit = true, Timeout = 1_200_000)]
    [InlineData("lines as an agent prints them")]
    [InlineData("a listing of /usr")]
    [InlineData("noise")]
    public async Task What_compression_saves_and_costs(string content)
    {
        var megabytes = int.Parse(Environment.GetEnvironmentVariable("CCSIGNAL_FIGURES_MEGABYTES") ?? "200", CultureInfo.InvariantCulture);
        using var temp = new TempDirectory();
        await File.WriteAllBytesAsync(temp["content"], await ContentAsync(content, megabytes * 1_000_000), Token);
        await using var server = await TestServer.StartAsync(("CcSignal:Journal:CompressAfterSeconds", "0"), ("CcSignal:Retention:IntervalSeconds", "86400"));
        await using var client = await server.ConnectAsync(cancellationToken: Token);

        await RunAsync("compressed");
        var before = Sizes(server);
        var sweep = server.Services.GetRequiredService<CompressionSweep>();
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await Eventually.HoldsAsync(async () => await sweep.RunAsync(Token) > 0, "it is tried", Token);
        var (seconds, work) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        var after = Sizes(server);
        await RunAsync("plain");

        output.WriteLine($"{content}, load {LoadAverage()}: {before.Output / 1e6:F1} MB and an index of {before.Index / 1e6:F2} MB became {after.Output / 1e6:F1} and {after.Index / 1e6:F2}: "
            + $"{(double)(before.Output + before.Index) / (after.Output + after.Index):F2} to 1, in {seconds:F1} s with {work:F2} s of processor");
        await CompareAsync("replay through the hub, MB/s", id => RateAsync(() => ReplayAsync(client, id)));
        await CompareAsync("reading the files as a subscription does, MB/s", id => RateAsync(() => ReadAllAsync(server, id)));
        await CompareAsync("64 KiB anywhere, p50 of 500, µs", id => MedianReadAsync(server, id));
        output.WriteLine($"load {LoadAverage()} at the end");

        async Task RunAsync(string id)
        {
            await client.StartAsync(new ExecutionRequest { Id = id, Command = "cat", Arguments = [temp["content"]] }, Token);
            await ReplayAsync(client, id);
        }
    }

    /// <summary>What the choice of quality and block size rests on (docs/decisions/0011).</summary>
    [Theory(Explicit = true, Timeout = 600_000)]
    [InlineData("lines as an agent prints them")]
    [InlineData("a listing of /usr")]
    [InlineData("an index of lines")]
    public async Task Qualities_and_block_sizes(string content)
    {
        var bytes = await ContentAsync(content, 20_000_000);
        foreach (var kibibytes in new[] { 64, 128, 256 })
        {
            foreach (var quality in new[] { 1, 2, 3, 4, 5 })
            {
                var (stored, packing, unpacking) = (0L, 0.0, 0.0);
                var packed = new byte[2 * kibibytes * 1024];
                var unpacked = new byte[kibibytes * 1024];
                foreach (var block in bytes.Chunk(kibibytes * 1024))
                {
                    var started = Stopwatch.GetTimestamp();
                    BrotliEncoder.TryCompress(block, packed, out var written, quality, window: 10 + BitOperations.Log2((uint)kibibytes)).ShouldBeTrue();
                    packing += Stopwatch.GetElapsedTime(started).TotalSeconds;
                    started = Stopwatch.GetTimestamp();
                    BrotliDecoder.TryDecompress(packed.AsSpan(0, written), unpacked, out _).ShouldBeTrue();
                    unpacking += Stopwatch.GetElapsedTime(started).TotalSeconds;
                    stored += written;
                }

                output.WriteLine($"{content}, {kibibytes} KiB, quality {quality}: {(double)bytes.Length / stored:F2} to 1, "
                    + $"{bytes.Length / 1e6 / packing:F0} MB/s in, {bytes.Length / 1e6 / unpacking:F0} MB/s out");
            }
        }

        output.WriteLine($"load {LoadAverage()}");
    }

    private async Task CompareAsync(string what, Func<string, Task<double>> measure)
    {
        var (plain, compressed) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var (one, other) = (await measure("plain"), await measure("compressed"));
            if (round > 0)
            {
                plain.Add(one);
                compressed.Add(other);
            }
        }

        output.WriteLine($"  {what}: plain {Tell(plain)}, compressed {Tell(compressed)}");
    }

    private static string Tell(List<double> figures) => $"{figures.Order().ElementAt(figures.Count / 2):F0} ({figures.Min():F0}–{figures.Max():F0})";

    private static async Task<double> RateAsync(Func<Task<long>> replay)
    {
        var clock = Stopwatch.StartNew();
        var bytes = await replay();
        return bytes / 1e6 / clock.Elapsed.TotalSeconds;
    }

    private static async Task<long> ReplayAsync(CcSignalClient client, string id)
    {
        var bytes = 0L;
        await foreach (var item in client.FollowAsync(id, cancellationToken: Token))
        {
            bytes += item.Data?.Length ?? 0;
        }

        return bytes;
    }

    private static async Task<long> ReadAllAsync(TestServer server, string id)
    {
        using var recording = await OpenAsync(server, id);
        using var reader = new JournalReader(recording.Files, 1);
        var bytes = 0L;
        while (reader.TryRead(recording.Extent.Sequence, Limits.MaxOutputChunkBytes, out var chunk))
        {
            bytes += chunk.Data.Length;
        }

        return bytes;
    }

    private static async Task<double> MedianReadAsync(TestServer server, string id)
    {
        using var recording = await OpenAsync(server, id);
        using var file = recording.Open(OutputStream.Stdout);
        var random = new Random(5);
        var buffer = new byte[64 * 1024];
        var times = new List<double>();
        for (var read = 0; read < 500; read++)
        {
            var position = random.NextInt64(file.Length - buffer.Length);
            var started = Stopwatch.GetTimestamp();
            JournalFile.Fill(file, buffer, position);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    private static Task<Recording> OpenAsync(TestServer server, string id) =>
        server.Services.GetRequiredService<ExecutionService>().OpenRecordingAsync(id, Engine.Admin, Token);

    private static (long Output, long Index) Sizes(TestServer server)
    {
        var files = Directory.GetFiles(Path.Combine(server.DataDirectory, "journal"), "*", SearchOption.AllDirectories).Select(path => new FileInfo(path)).ToList();
        return (files.Where(file => file.Name.StartsWith("std", StringComparison.Ordinal)).Sum(file => file.Length),
            files.Where(file => file.Name.StartsWith("index", StringComparison.Ordinal)).Sum(file => file.Length));
    }

    private static async Task<byte[]> ContentAsync(string content, int bytes) => content switch
    {
        "noise" => Recorded.Noise(bytes),
        "an index of lines" => IndexOfLines(bytes),
        "a listing of /usr" => Repeat(await ListingAsync(), bytes),
        _ => AgentLines(bytes),
    };

    private static byte[] Repeat(byte[] some, int bytes)
    {
        var all = new byte[bytes];
        for (var at = 0; at < bytes; at += some.Length)
        {
            some.AsSpan(0, Math.Min(some.Length, bytes - at)).CopyTo(all.AsSpan(at));
        }

        return all;
    }

    private static async Task<byte[]> ListingAsync()
    {
        using var listing = Process.Start(new ProcessStartInfo("ls", ["-lR", "/usr"]) { RedirectStandardOutput = true })!;
        using var bytes = new MemoryStream();
        await listing.StandardOutput.BaseStream.CopyToAsync(bytes, Token);
        await listing.WaitForExitAsync(Token);
        return bytes.ToArray();
    }

    // Made: a frame that repeats, numbers and names that do not, and words of a vocabulary of 4,000.
    private static byte[] AgentLines(int bytes)
    {
        var random = new Random(11);
        var words = Enumerable.Range(0, 4000).Select(_ => new string([.. Enumerable.Range(0, random.Next(2, 11)).Select(_ => (char)('a' + random.Next(26)))])).ToArray();
        var lines = new StringBuilder(bytes + 1000);
        while (lines.Length < bytes)
        {
            lines.Append(CultureInfo.InvariantCulture, $$"""{"type":"assistant","message":{"id":"msg_{{random.NextInt64():x16}}","role":"assistant","content":[{"type":"text","text":" """);
            for (var word = random.Next(3, 60); word > 0; word--)
            {
                lines.Append(words[random.Next(words.Length)]).Append(' ');
            }

            lines.Append('"').Append(CultureInfo.InvariantCulture, $$$"""}],"usage":{"input_tokens":{{{random.Next(10_000)}}},"output_tokens":{{{random.Next(1000)}}}}},"uuid":"{{{random.NextInt64():x16}}}"}""").Append('\n');
        }

        return Encoding.ASCII.GetBytes(lines.ToString(0, bytes));
    }

    private static byte[] IndexOfLines(int bytes)
    {
        var random = new Random(13);
        var index = new byte[bytes / IndexRecord.Size * IndexRecord.Size];
        var (at, offset) = (1_795_000_000_000_000L, 0L);
        for (var position = 0; position < index.Length; position += IndexRecord.Size)
        {
            var length = random.Next(60, 120);
            at += random.Next(50, 3000);
            new IndexRecord(at, offset, length, OutputStream.Stdout).Write(index.AsSpan(position));
            offset += length;
        }

        return index;
    }

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "not told";
}
