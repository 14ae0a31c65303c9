using System.CommandLine;
using CcSignal.Cli.CommandLine;

namespace CcSignal.Cli.Commands;

/// <summary><c>ccsignal start</c>: a command on the server, left to itself.</summary>
internal static class StartCommand
{
    public static Command Create(GlobalOptions global)
    {
        var request = new RequestOptions();
        var command = new Command("start", "Starts a command on the server and prints its id.");
        request.AddTo(command);
        command.SetAction(async (words, cancellationToken) =>
        {
            await using var client = await global.ConnectAsync(words, cancellationToken);
            var started = await client.StartAsync(request.Read(words), cancellationToken);
            global.Print(words, started, () => Console.Out.WriteLine(started.Id));
            return 0;
        });
        return command;
    }
}
