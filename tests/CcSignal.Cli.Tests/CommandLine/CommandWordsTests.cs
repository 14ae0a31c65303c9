using System.CommandLine;
using CcSignal.Cli.CommandLine;
using CcSignal.Cli.Commands;

namespace CcSignal.Cli.Tests.CommandLine;

public sealed class CommandWordsTests
{
    private readonly RootCommand _root = new("x");
    private readonly Command _run;

    public CommandWordsTests()
    {
        var global = new GlobalOptions();
        _run = RunCommand.Create(global);
        _root.Subcommands.Add(_run);
        _root.Subcommands.Add(CancelCommand.Create(global));
        global.AddTo(_root);
    }

    [Theory]
    [InlineData("run ls -la --json", "run -- ls -la --json")]
    [InlineData("run -- ls -la", "run -- ls -la")]
    [InlineData("run -q -e A=1 --timeout 5m ls", "run -q -e A=1 --timeout 5m -- ls")]
    [InlineData("run --timeout=5m ls -- x", "run --timeout=5m -- ls -- x")]
    [InlineData("run -qw /tmp ls", "run -qw /tmp -- ls")]
    [InlineData("run -w/tmp ls", "run -w/tmp -- ls")]
    [InlineData("run --priority -5 ls", "run --priority -5 -- ls")]
    [InlineData("--url http://h --json run ls --help", "--url http://h --json run -- ls --help")]
    [InlineData("run --url http://h ls", "run --url http://h -- ls")]
    [InlineData("run -", "run -- -")]
    [InlineData("run --help", "run --help")]
    [InlineData("run", "run")]
    [InlineData("cancel a b", "cancel a b")]
    [InlineData("--version", "--version")]
    public void What_follows_the_command_is_its_own(string typed, string separated) =>
        string.Join(' ', CommandWords.Separate(typed.Split(' '), _root, _run)).ShouldBe(separated);

    [Theory]
    [InlineData("run --foo ls")]
    [InlineData("run -x ls")]
    [InlineData("run -qx ls")]
    public void An_unknown_option_is_not_taken_for_the_command(string typed) =>
        Should.Throw<ArgumentException>(() => CommandWords.Separate(typed.Split(' '), _root, _run)).Message.ShouldContain("There is no option");
}
