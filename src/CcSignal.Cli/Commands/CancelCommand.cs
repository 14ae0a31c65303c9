using System.CommandLine;
using CcSignal.Cli.CommandLine;
using CcSignal.Cli.Endings;
using CcSignal.Cli.Terminal;
using CcSignal.Client;

namespace CcSignal.Cli.Commands;

/// <summary><c>ccsignal cancel</c>: stops commands.</summary>
internal static class CancelCommand
{
    public static Command Create(GlobalOptions global)
    {
        var ids = new Argument<string[]>("id") { Description = "The executions.", Arity = ArgumentArity.OneOrMore };
        var reason = new Option<string?>("--reason") { Description = "Why, for those who look at it later.", HelpName = "TEXT" };
        var command = new Command("cancel", "Stops commands in good order, each with its whole process tree, and prints their ids. Does not wait for their ends.")
        {
            ids, reason,
        };
        command.SetAction(async (words, cancellationToken) =>
        {
            var exitCode = 0;
            await using var client = await global.ConnectAsync(words, cancellationToken);
            foreach (var id in words.GetRequiredValue(ids))
            {
                try
                {
                    var cancelled = await client.CancelAsync(id, words.GetValue(reason), cancellationToken);
                    global.Print(words, cancelled, () => Console.Out.WriteLine(cancelled.Id));
                }
                catch (CallRefusedException refused)
                {
                    // The others are to be stopped all the same.
                    Messages.Say(refused.Message);
                    exitCode = ExitCodes.Failed;
                }
            }

            return exitCode;
        });
        return command;
    }
}
