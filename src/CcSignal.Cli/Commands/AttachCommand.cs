using System.CommandLine;
using CcSignal.Cli.CommandLine;
using CcSignal.Cli.Endings;
using CcSignal.Cli.Following;

namespace CcSignal.Cli.Commands;

/// <summary><c>ccsignal attach</c>: follows a command as <c>run</c> does.</summary>
internal static class AttachCommand
{
    public static Command Create(GlobalOptions global)
    {
        var id = new Argument<string>("id") { Description = "The execution." };
        var from = OptionForms.From();
        var input = new InputOptions();
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing beside the command's own output." };
        var command = new DescribedCommand("attach", "Follows a command to its end and returns its exit code, as run does; also after it has ended.", $"""
            The first Ctrl+C (or SIGTERM) stops the command and waits for its end; the second leaves it running.

            {InputOptions.Help}

            {ExitCodes.Help}
            """) { id, from, quiet };
        input.AddTo(command);
        command.SetAction(async (words, cancellationToken) =>
        {
            input.Check(words);
            var which = words.GetRequiredValue(id);
            await using var client = await global.ConnectAsync(words, cancellationToken, words.GetValue(quiet));
            var follower = new Follower(client, which, global.Printer(words, words.GetValue(quiet)))
            {
                Feed = input.Feed(words, client, which),
            };
            using var keyboard = input.GiveKeyboard(words);
            return await follower.ToEndAsync(leave => client.FollowAsync(which, new() { FromSequence = words.GetValue(from) }, leave));
        });
        return command;
    }
}
