using System.Buffers;
using System.Text;
using CcSignal.Cli.Terminal;

namespace CcSignal.Cli.Tests.Terminal;

public sealed class EscapesTests
{
    [Theory]
    [InlineData("ls ~/x\r", "ls ~/x\r")]
    [InlineData("~/bin/x\r", "~/bin/x\r")]
    [InlineData("\r~/bin/x\r", "\r~/bin/x\r")]
    [InlineData("~~.\r", "~.\r")]
    [InlineData("x~.\r", "x~.\r")]
    [InlineData("\x03\x1b[A", "\x03\x1b[A")]
    public void What_is_no_escape_is_the_commands_key_by_key_or_at_once(string typed, string passed)
    {
        Pass([typed]).ShouldBe((passed, Escape.None));
        Pass([.. typed.Select(key => key.ToString())]).ShouldBe((passed, Escape.None));
    }

    [Theory]
    [InlineData("~.", "", "Leave")]
    [InlineData("ls\r~.rest", "ls\r", "Leave")]
    [InlineData("ls\n~\x03", "ls\n", "Cancel")]
    public void An_escape_is_told_and_never_reaches_the_command(string typed, string passed, string escape)
    {
        Pass([typed]).ShouldBe((passed, Enum.Parse<Escape>(escape)));
        Pass([.. typed.Select(key => key.ToString())]).ShouldBe((passed, Enum.Parse<Escape>(escape)));
    }

    private static (string Passed, Escape Escape) Pass(string[] typed)
    {
        var escapes = new Escapes();
        var command = new ArrayBufferWriter<byte>();
        foreach (var keys in typed)
        {
            if (escapes.Pass(Encoding.UTF8.GetBytes(keys), command) is var escape and not Escape.None)
            {
                return (Encoding.UTF8.GetString(command.WrittenSpan), escape);
            }
        }

        return (Encoding.UTF8.GetString(command.WrittenSpan), Escape.None);
    }
}
