using CcSignal.Cli.Wording;

namespace CcSignal.Cli.Tests.Wording;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain text, grün €", "plain text, grün €")]
    [InlineData("two\nlines\tand a tab", "two\\nlines\\tand a tab")]
    [InlineData("\e[2Jcleared", "\\u001b[2Jcleared")]
    [InlineData("turned\u202Earound", "turned\\u202earound")]
    [InlineData("C1\u009b31m", "C1\\u009b31m")]
    public void Nothing_in_a_text_can_steer_the_terminal(string text, string line) => Printable.OneLine(text).ShouldBe(line);

    [Fact]
    public void A_command_line_reads_as_one_would_type_it() =>
        Printable.CommandLine("sh", ["-c", "echo 'a b' > c", "", "x"]).ShouldBe("""sh -c 'echo '\''a b'\'' > c' '' x""");
}
