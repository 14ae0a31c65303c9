using System.Security.Cryptography;
using CcSignal.TestKit;

namespace CcSignal.Cli.Tests.Commands;

/// <summary><c>run -i</c> and <c>signal</c>.</summary>
public sealed class InputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_piped_in_is_the_commands_input_byte_for_byte()
    {
        await using var server = await TestServer.StartAsync();
        using var temp = new TempDirectory();
        var bytes = new byte[5_000_000];
        new Random(3).NextBytes(bytes);
        await File.WriteAllBytesAsync(temp["input"], bytes, Token);

        await using var cli = CliProcess.StartShell(server.Url, $"cat {temp["input"]} | ccsignal run -i {Child.Path} read-stdin");
        var result = await cli.EndAsync();

        result.ShouldReturn(0);
        result.OutputText.ShouldBe($"5000000 {Convert.ToHexStringLower(SHA256.HashData(bytes))}\n");
    }

    [Fact]
    public async Task Its_answer_comes_while_the_input_is_still_open()
    {
        await using var server = await TestServer.StartAsync();
        using var temp = new TempDirectory();
        await using var cli = CliProcess.StartShell(
            server.Url, $"mkfifo {temp["pipe"]}; (exec 3>{temp["pipe"]}; echo one >&3; while [ ! -e {temp["go"]} ]; do sleep 0.05; done; echo two >&3) & ccsignal run -i {Child.Path} copy-stdin < {temp["pipe"]}");

        await cli.PrintsAsync("one\n");
        await File.WriteAllTextAsync(temp["go"], "", Token);

        var result = await cli.EndAsync();
        result.ShouldReturn(0);
        result.OutputText.ShouldBe("one\ntwo\n");
    }

    [Fact]
    public async Task A_command_that_reads_nothing_ends_as_it_wants()
    {
        await using var server = await TestServer.StartAsync();
        await using var cli = CliProcess.StartShell(server.Url, $"yes 2>/dev/null | ccsignal run -i {Child.Path} exit 6");

        var result = await cli.EndAsync();

        result.ShouldReturn(6);
        result.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("SIGUSR1")]
    [InlineData("usr1")]
    public async Task Signal_sends_one_by_name(string name)
    {
        await using var server = await TestServer.StartAsync();
        await using var cli = CliProcess.Start(server.Url, "run", "--id", "signaled", Child.Path, "sleep", "600");
        await cli.PrintsAsync("sleeping\n");

        (await CliProcess.RunAsync(server.Url, "signal", "signaled", name)).ShouldReturn(0);

        (await cli.EndAsync()).ShouldReturn(138);
        (await CliProcess.RunAsync(server.Url, "signal", "signaled", name)).ShouldReturn(125);
    }
}
