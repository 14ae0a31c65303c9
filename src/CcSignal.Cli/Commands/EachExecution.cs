using System.CommandLine;
using CcSignal.Cli.CommandLine;
using CcSignal.Cli.Endings;
using CcSignal.Cli.Terminal;
using CcSignal.Client;
using CcSignal.Contracts;

namespace CcSignal.Cli.Commands;

/// <summary>One call for each of several executions: prints the id of each it was done to, and says of each why not.</summary>
internal static class EachExecution
{
    /// <summary>A command that makes the call.</summary>
    public static Command Create(
        GlobalOptions global, string name, string description, Func<CcSignalClient, string, ParseResult, CancellationToken, Task<ExecutionInfo>> call)
    {
        var ids = new Argument<string[]>("id") { Description = "The executions.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(name, description) { ids };
        command.SetAction(async (words, cancellationToken) =>
        {
            var exitCode = 0;
            await using var client = await global.ConnectAsync(words, cancellationToken);
            foreach (var id in words.GetRequiredValue(ids))
            {
                try
                {
                    var info = await call(client, id, words, cancellationToken);
                    global.Print(words, info, () => Console.Out.WriteLine(info.Id));
                }
                catch (CallRefusedException refused)
                {
                    // It is to be done to the others all the same.
                    Messages.Say(refused.Message);
                    exitCode = ExitCodes.Failed;
                }
            }

            return exitCode;
        });
        return command;
    }
}
