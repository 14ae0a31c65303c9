using System.Text;
using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Journal.Compression;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Journal.Compression;

/// <summary>A recording with known bytes, which can be compressed. Gone when it is disposed.</summary>
internal sealed class Recorded : IDisposable
{
    public const int Block = FileCompressor.BlockBytes;

    private readonly TempDirectory _temp = new();

    public Recorded(byte[] stdout, byte[]? stderr = null)
    {
        Directory.CreateDirectory(_temp["journal"]);
        Files = new JournalFiles(Path.Combine(_temp["journal"], "1"));
        var head = new JournalHead(default);
        using var writer = new JournalWriter(Files, head, TimeProvider.System);
        writer.Append(OutputStream.Stdout, stdout.AsSpan(0, stdout.Length / 2));
        writer.Append(OutputStream.Stderr, stderr);
        writer.Append(OutputStream.Stdout, stdout.AsSpan(stdout.Length / 2));
        Extent = head.Extent;
    }

    public JournalFiles Files { get; }

    public JournalExtent Extent { get; }

    public string Stdout => Files.Of(OutputStream.Stdout);

    /// <summary>What a compression writes before it has its place.</summary>
    public string Begun => Path.Combine(_temp["journal"], "compressing");

    public string DataDirectory => _temp.Path;

    /// <summary>Lines that resemble each other, as most output does.</summary>
    public static byte[] Text(int bytes)
    {
        var text = new StringBuilder(bytes + 100);
        for (var line = 0; text.Length < bytes; line++)
        {
            text.Append("compiling source file ").Append(line).Append(" of the project, ").Append(line * 7919 % 1000).Append(" ms\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString(0, bytes));
    }

    /// <summary>What no compression makes smaller.</summary>
    public static byte[] Noise(int bytes, int seed = 1)
    {
        var noise = new byte[bytes];
        new Random(seed).NextBytes(noise);
        return noise;
    }

    public Task<long> CompressAsync() =>
        new RecordingCompressor(DataDirectory, TimeProvider.System).CompressAsync(Files, Extent, TestContext.Current.CancellationToken);

    /// <summary>The files that are there, by name.</summary>
    public IReadOnlyList<string> Names => [.. Directory.GetFiles(Files.Directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => _temp.Dispose();
}
