using System.CommandLine;
using CcSignal.Cli.CommandLine;

namespace CcSignal.Cli.Commands;

/// <summary><c>ccsignal cancel</c>: stops commands.</summary>
internal static class CancelCommand
{
    public static Command Create(GlobalOptions global)
    {
        var reason = new Option<string?>("--reason") { Description = "Why, for those who look at it later.", HelpName = "TEXT" };
        var command = EachExecution.Create(
            global,
            "cancel",
            "Stops commands in good order, each with its whole process tree, and prints their ids. Does not wait for their ends.",
            (client, id, words, cancellationToken) => client.CancelAsync(id, words.GetValue(reason), cancellationToken));
        command.Options.Add(reason);
        return command;
    }
}
