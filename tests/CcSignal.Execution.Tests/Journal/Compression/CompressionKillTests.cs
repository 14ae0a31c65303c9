using System.Diagnostics;
using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.TestKit;
using static CcSignal.Execution.Tests.Journal.Compression.Recorded;

namespace CcSignal.Execution.Tests.Journal.Compression;

/// <summary>The process that compresses, killed again and again: each file is there whole, plain or compressed, at every moment.</summary>
public sealed class CompressionKillTests
{
    private const int Kills = 30;

    [Fact(Timeout = 120_000)]
    public async Task A_compression_killed_at_any_moment_leaves_the_plain_file_or_the_whole_compressed_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program that is killed is the one of the pump's test.");
        var (stdout, stderr) = (Text(14 * Block), Text(10 * Block));
        using var recorded = new Recorded(stdout, stderr);
        var index = await File.ReadAllBytesAsync(recorded.Files.Index, TestContext.Current.CancellationToken);
        var random = new Random(20261122);
        var (left, done) = (new List<string>(), 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = await StartAsync(recorded);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 250)), TimeProvider.System, TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            left.Add($"{string.Join(' ', recorded.Names)}{(File.Exists(recorded.Begun) ? " and one begun" : "")}");
            ReadAll(recorded.Stdout).AsSpan().SequenceEqual(stdout).ShouldBeTrue(left[^1]);
            ReadAll(recorded.Files.Of(OutputStream.Stderr)).AsSpan().SequenceEqual(stderr).ShouldBeTrue(left[^1]);
            ReadAll(recorded.Files.Index).AsSpan().SequenceEqual(index).ShouldBeTrue(left[^1]);
            if (!recorded.Names.Contains("index"))
            {
                // All of it is compressed: the next ones begin anew.
                done++;
                await RestoreAsync(recorded, ("stdout", stdout), ("stderr", stderr), ("index", index));
            }
        }

        using var last = await StartAsync(recorded);
        await last.WaitForExitAsync(TestContext.Current.CancellationToken);
        last.ExitCode.ShouldBe(0);

        recorded.Names.ShouldBe(["index.compressed", "stderr.compressed", "stdout.compressed"]);
        File.Exists(recorded.Begun).ShouldBeFalse();
        JournalReading.ReadAll(recorded.Files, recorded.Extent.Sequence).AsSpan().SequenceEqual(stdout).ShouldBeTrue();
        left.ShouldContain(state => state.EndsWith("one begun", StringComparison.Ordinal), "no kill came in the middle of a file");
        TestContext.Current.SendDiagnosticMessage($"{Kills} kills, {done} after the end; left were: {string.Join("; ", left.CountBy(state => state))}.");
    }

    private static byte[] ReadAll(string path)
    {
        using var file = JournalFile.Open(path);
        var bytes = new byte[file.Length];
        JournalFile.Fill(file, bytes, 0);
        return bytes;
    }

    private static async Task RestoreAsync(Recorded recorded, params (string Name, byte[] Bytes)[] files)
    {
        foreach (var (name, bytes) in files)
        {
            var path = Path.Combine(recorded.Files.Directory, name);
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
            File.Delete(path + ".compressed");
        }
    }

    private static async Task<Process> StartAsync(Recorded recorded)
    {
        string[] arguments =
        [
            "--compress", recorded.DataDirectory, recorded.Files.Directory, $"{recorded.Extent.Sequence}", $"{recorded.Extent.StdoutBytes}", $"{recorded.Extent.StderrBytes}",
        ];
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "CcSignal.Pump"), arguments) { RedirectStandardOutput = true };
        start.Environment["DOTNET_ROOT"] = Child.DotnetRoot;
        var process = Process.Start(start)!;
        (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("compressing");
        return process;
    }
}
