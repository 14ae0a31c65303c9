using System.Diagnostics;
using System.Security.Cryptography;
using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.TestKit;

namespace CcSignal.Execution.Tests.Journal;

/// <summary>The pump, killed again and again while a command floods a pipe that somebody else holds: no byte is lost, none comes twice.</summary>
public sealed class PumpKillTests
{
    private const long Bytes = 300_000_000;
    private const int Kills = 40;

    [Fact(Timeout = 180_000)]
    public async Task A_pump_killed_at_any_moment_has_neither_lost_nor_doubled_a_byte()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a fifo and splice(2).");
        using var temp = new TempDirectory();
        var fifo = temp["fifo"];
        await RunAsync("mkfifo", fifo);

        // Open for both: nobody sees the end of the file while this test lives, and no open waits for another.
        await using var held = new FileStream(fifo, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        using var writer = Start("sh", "-c", $"exec '{Child.Path}' flood {Bytes} > '{fifo}'");
        var files = new JournalFiles(temp["journal"]);
        var random = new Random(20261122);
        var tails = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var pump = await StartPumpAsync(fifo, files);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 25)), TimeProvider.System, TestContext.Current.CancellationToken);
            pump.Kill();
            await pump.WaitForExitAsync(TestContext.Current.CancellationToken);
            tails += IndexedBytes(files) < new FileInfo(files.Of(OutputStream.Stdout)).Length ? 1 : 0;
        }

        using var last = await StartPumpAsync(fifo, files);
        await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
        held.Close();
        await last.WaitForExitAsync(TestContext.Current.CancellationToken);

        last.ExitCode.ShouldBe(0);
        await using var recorded = File.OpenRead(files.Of(OutputStream.Stdout));
        recorded.Length.ShouldBe(Bytes);
        Convert.ToHexStringLower(await SHA256.HashDataAsync(recorded, TestContext.Current.CancellationToken)).ShouldBe(Child.Sha256(Bytes));
        JournalReading.ReadAll(files, new FileInfo(files.Index).Length / IndexRecord.Size).Length.ShouldBe((int)Bytes);
        TestContext.Current.SendDiagnosticMessage($"{Kills} kills, of which {tails} left bytes without an index record.");
    }

    private static async Task<Process> StartPumpAsync(string fifo, JournalFiles files)
    {
        var pump = Start(Path.Combine(AppContext.BaseDirectory, "CcSignal.Pump"), fifo, files.Directory);
        (await pump.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("pumping");
        return pump;
    }

    private static long IndexedBytes(JournalFiles files)
    {
        var index = File.ReadAllBytes(files.Index);
        var records = index.Length / IndexRecord.Size;
        if (records == 0)
        {
            return 0;
        }

        var last = IndexRecord.Read(index.AsSpan((records - 1) * IndexRecord.Size));
        return last.Offset + last.Length;
    }

    private static async Task RunAsync(string command, params string[] arguments)
    {
        using var process = Start(command, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
    }

    private static Process Start(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true };
        start.Environment["DOTNET_ROOT"] = Child.DotnetRoot;
        return Process.Start(start)!;
    }
}
