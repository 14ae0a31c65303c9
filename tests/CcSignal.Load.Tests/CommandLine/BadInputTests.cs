using CcSignal.Load.Tests.Runs;
using CcSignal.TestKit;

namespace CcSignal.Load.Tests.CommandLine;

/// <summary>What cannot be done is said in one line, with exit code 2, and leaves nothing that looks like a result.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("nonsense", "'nonsense'")]
    [InlineData("smoke --scale 0", "--scale")]
    [InlineData("smoke --scale NaN", "--scale")]
    [InlineData("smoke --duration -1", "--duration")]
    [InlineData("smoke --seed many", "many")]
    [InlineData("smoke --protocol xml", "'xml'")]
    [InlineData("compare --rounds 0", "--rounds")]
    [InlineData("compare --starts 0", "--starts")]
    [InlineData("compare --bytes 1", "--bytes")]
    [InlineData("smoke --no-such-option", "--no-such-option")]
    [InlineData("smoke --url ftp://example", "ftp://example")]
    [InlineData("smoke --url http://127.0.0.1:9 --token x", "http://127.0.0.1:9")]
    [InlineData("smoke --agent /no/such/agent", "/no/such/agent")]
    [InlineData("smoke --baseline /no/such/file", "/no/such/file")]
    [InlineData("smoke --report /proc/no/such/folder", "/proc/no/such/folder")]
    public async Task It_is_said_in_one_line(string arguments, string word)
    {
        var (exitCode, output, said) = await LoadProgram.RunAsync(arguments.Split(' '));

        exitCode.ShouldBe(2, said);
        output.ShouldBeEmpty();
        said.Split('\n')[^1].ShouldContain(word);
    }

    [Fact]
    public async Task A_wrong_token_is_bad_input_and_leaves_no_report()
    {
        using var folder = new TempDirectory();
        await using var server = await TestServer.StartAsync();

        var (exitCode, _, said) = await LoadProgram.RunAsync("smoke", "--url", server.Url.ToString(), "--token", "wrong", "--report", folder.Path);

        exitCode.ShouldBe(2, said);
        said.ShouldContain("token");
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_engine_names_itself()
    {
        var (exitCode, output, _) = await LoadProgram.RunAsync("--engine-info");

        exitCode.ShouldBe(0);
        output.ShouldStartWith("built-in (CcSignal.Load.Engine ");
    }
}
