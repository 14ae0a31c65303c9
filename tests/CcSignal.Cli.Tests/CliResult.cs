using System.Text;

namespace CcSignal.Cli.Tests;

/// <summary>How <c>ccsignal</c> ended and what it wrote.</summary>
internal sealed record CliResult(int ExitCode, byte[] Output, string Error)
{
    public string OutputText => Encoding.UTF8.GetString(Output);

    public string[] OutputLines => OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>It returned this exit code; if not, what it said is shown.</summary>
    public void ShouldReturn(int code) => ExitCode.ShouldBe(code, Error);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
