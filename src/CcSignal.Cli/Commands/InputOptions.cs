using System.CommandLine;
using CcSignal.Cli.Following;
using CcSignal.Cli.Terminal;
using CcSignal.Client;
using CcSignal.Contracts;

namespace CcSignal.Cli.Commands;

/// <summary>Whether this program's own input is the command's, and how.</summary>
internal sealed class InputOptions
{
    private readonly Option<bool> _interactive = new("--interactive", "-i") { Description = "Pass this program's input on; its end is the end of the command's." };
    private readonly Option<bool> _terminal = new("--terminal", "-t") { Description = "Use this terminal as the command's: every key, every size." };

    /// <summary>What <c>--help</c> says of the keys.</summary>
    public const string Help = """
        With --terminal every key goes to the command, Ctrl+C too. At the beginning of a line, ~. leaves the command running, ~ and Ctrl+C
        cancels it, and ~~ is one tilde.
        """;

    /// <summary>Puts them on <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_interactive);
        command.Options.Add(_terminal);
    }

    /// <summary>The request with an open input, or with a terminal of this one's size.</summary>
    /// <exception cref="ArgumentException">A terminal is asked for, and there is none here.</exception>
    public ExecutionRequest Complete(ParseResult words, ExecutionRequest request)
    {
        Check(words);
        return OnTerminal(words) && !OperatingSystem.IsWindows() ? request with { Terminal = RawTerminal.Size }
            : words.GetValue(_interactive) ? request with { Input = InputMode.Open }
            : request;
    }

    /// <summary>Refuses a terminal where there is none.</summary>
    /// <exception cref="ArgumentException">A terminal is asked for, and there is none here.</exception>
    public void Check(ParseResult words)
    {
        if (OnTerminal(words))
        {
            _ = OperatingSystem.IsWindows() ? throw new ArgumentException("--terminal is not there on Windows.") : 0;
            RawTerminal.Demand();
        }
    }

    /// <summary>What passes the input on; null: nothing does.</summary>
    public InputFeed? Feed(ParseResult words, CcSignalClient client, string id) =>
        OnTerminal(words) || words.GetValue(_interactive) ? new InputFeed(client, id, OnTerminal(words)) : null;

    /// <summary>Gives the keyboard to the command, where a terminal is asked for, until the disposal.</summary>
    public IDisposable? GiveKeyboard(ParseResult words) => OnTerminal(words) && !OperatingSystem.IsWindows() ? RawTerminal.Enter() : null;

    private bool OnTerminal(ParseResult words) => words.GetValue(_terminal);
}
