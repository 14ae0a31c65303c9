using System.CommandLine;
using CcSignal.Cli.CommandLine;
using CcSignal.Cli.Endings;
using CcSignal.Cli.Following;

namespace CcSignal.Cli.Commands;

/// <summary><c>ccsignal run</c>: a command on the server, as if it ran here.</summary>
internal static class RunCommand
{
    public static Command Create(GlobalOptions global)
    {
        var request = new RequestOptions();
        var input = new InputOptions();
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing beside the command's own output." };
        var command = new DescribedCommand("run", "Runs a command on the server, passes its output through, and returns its exit code.", $"""
            What follows the command's name is the command's own, options too.

            The first Ctrl+C (or SIGTERM) stops the command and waits for its end; the second leaves it running, and so does the end of the
            terminal (SIGHUP). 'ccsignal attach' comes back to it. A lost connection is built again, and all goes on where it was.

            {InputOptions.Help}

            {ExitCodes.Help}
            """);
        request.AddTo(command);
        input.AddTo(command);
        command.Options.Add(quiet);
        command.SetAction(async (words, cancellationToken) =>
        {
            var what = input.Complete(words, request.Read(words));
            await using var client = await global.ConnectAsync(words, cancellationToken, words.GetValue(quiet));
            var follower = new Follower(client, what.Id!, global.Printer(words, words.GetValue(quiet)))
            {
                EndsWithReader = true,
                Feed = input.Feed(words, client, what.Id!),
            };
            using var keyboard = input.GiveKeyboard(words);
            return await follower.ToEndAsync(leave => client.RunAsync(what, null, leave));
        });
        return command;
    }
}
