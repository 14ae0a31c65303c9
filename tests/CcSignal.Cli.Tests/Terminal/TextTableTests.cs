using CcSignal.Cli.Terminal;
using Spectre.Console;

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

    [Fact]
    public void In_a_terminal_a_row_is_one_line_of_its_width()
    {
        var table = new TextTable("ID", "COMMAND");
        table.Add("0196f0a1", new string('x', 300));
        table.Add("[not markup]", "ls");
        using var output = new StringWriter { NewLine = "\n" };
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        terminal.Profile.Width = 60;

        table.PrintFitted(terminal);

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines.Length.ShouldBe(3);
        lines.ShouldAllBe(line => line.Length <= 60);
        lines[1].ShouldStartWith("0196f0a1      xxx");
        lines[1].ShouldEndWith("x…");
        lines[2].ShouldBe("[not markup]  ls");
    }
}
