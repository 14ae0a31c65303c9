using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CcSignal.Cli.CommandLine;
using CcSignal.Cli.Endings;
using CcSignal.Cli.Terminal;
using CcSignal.Client;

namespace CcSignal.Cli;

/// <summary>Runs what was typed; every error ends as one line on standard error and a documented exit code.</summary>
internal static class Invocation
{
    // A word like @file is the command's, not the name of a file with more words.
    private static readonly ParserConfiguration _parsing = new() { ResponseFileTokenReplacer = null };

    // Signals are ours: by default a SIGINT would cancel and, two seconds later, end the process.
    private static readonly InvocationConfiguration _running = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    public static async Task<int> RunAsync(RootCommand root, string[] words, params Command[] running)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new Help((HelpAction)help.Action!);
        try
        {
            var parsed = root.Parse(CommandWords.Separate(words, root, running), _parsing);
            return parsed.Action is ParseErrorAction ? Refuse(parsed) : await parsed.InvokeAsync(_running);
        }
        catch (CcSignalException error)
        {
            Messages.Say(error.Message);
            return ExitCodes.For(error);
        }
        catch (Exception error) when (error is ArgumentException or IOException)
        {
            Messages.Say(error.Message);
            return ExitCodes.Failed;
        }
    }

    private static int Refuse(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command is RootCommand ? "" : $"{parsed.CommandResult.Command.Name} ";
        var reason = parsed.UnmatchedTokens is [var word, ..] ? $"'{word}' is no word that fits here." : parsed.Errors[0].Message;
        Messages.Say($"{reason} See 'ccsignal {command}--help'.");
        return ExitCodes.Failed;
    }
}
