using System.CommandLine;
using CcSignal.Cli.CommandLine;

namespace CcSignal.Cli.Commands;

/// <summary><c>ccsignal signal</c>: kill(1) for commands on the server.</summary>
internal static class SignalCommand
{
    public static Command Create(GlobalOptions global)
    {
        var id = new Argument<string>("id") { Description = "The execution." };
        var signal = new Argument<string>("signal") { Description = "Its name, as SIGUSR1 or USR1." };
        var command = new Command("signal", "Sends a signal to the process group of a running command.") { id, signal };
        command.SetAction(async (words, cancellationToken) =>
        {
            var name = words.GetRequiredValue(signal).ToUpperInvariant();
            await using var client = await global.ConnectAsync(words, cancellationToken);
            await client.SignalAsync(
                words.GetRequiredValue(id), name.StartsWith("SIG", StringComparison.Ordinal) ? name : "SIG" + name, cancellationToken);
            return 0;
        });
        return command;
    }
}
