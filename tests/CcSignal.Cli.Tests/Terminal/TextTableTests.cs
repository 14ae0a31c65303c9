using CcSignal.Cli.Terminal;

namespace CcSignal.Cli.Tests.Terminal;

public sealed class TextTableTests
{
    [Fact]
    public void In_a_pipe_columns_line_up_and_nothing_is_cut()
    {
        var table = new TextTable("ID", "STATE", "COMMAND");
        var command = new string('x', 300);
        table.Add("1", "running 5m2s", command);
        table.Add("a-longer-id", "", "ls");
        using var output = new StringWriter { NewLine = "\n" };

        table.PrintPlain(output);

        output.ToString().ShouldBe($"""
            ID           STATE         COMMAND
            1            running 5m2s  {command}
            a-longer-id                ls

            """);
    }
}
