using System.Diagnostics;
using System.Security.Cryptography;

namespace CcSignal.TestKit.Tests;

/// <summary>What the child prints is what the tests compute.</summary>
public sealed class ChildTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_537)]
    [InlineData(1_000_003)]
    public async Task Its_flood_is_known_to_the_byte_however_it_is_cut(long bytes)
    {
        var expected = Child.Sha256(bytes, seed: 7);

        (await Sha256Async("flood", $"{bytes}", "8192", "7")).ShouldBe(expected);
        (await Sha256Async("flood", $"{bytes}", "999", "7")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("SIGTERM", 143)]
    [InlineData("SIGKILL", 137)]
    [InlineData("SIGPIPE", 141)]
    public async Task It_dies_by_the_signal_it_is_told(string signal, int asDotnetSeesIt)
    {
        using var process = Start("die-by", signal);

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(asDotnetSeesIt);
    }

    [Fact]
    public async Task It_dies_of_a_broken_pipe_as_other_programs_do()
    {
        using var process = Start("lines", "0");
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        process.StandardOutput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(141);
    }

    private static async Task<string> Sha256Async(params string[] words)
    {
        using var process = Start(words);
        var hash = await SHA256.HashDataAsync(process.StandardOutput.BaseStream, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
        return Convert.ToHexStringLower(hash);
    }

    private static Process Start(params string[] words)
    {
        var start = new ProcessStartInfo(Child.Path, words) { RedirectStandardOutput = true };
        start.Environment["DOTNET_ROOT"] = Child.DotnetRoot;
        return Process.Start(start)!;
    }
}
