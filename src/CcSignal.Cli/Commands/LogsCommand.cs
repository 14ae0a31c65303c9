using System.CommandLine;
using CcSignal.Cli.CommandLine;
using CcSignal.Cli.Endings;
using CcSignal.Cli.Following;
using CcSignal.Cli.Terminal;
using CcSignal.Contracts;

namespace CcSignal.Cli.Commands;

/// <summary><c>ccsignal logs</c>: what a command has written.</summary>
internal static class LogsCommand
{
    public static Command Create(GlobalOptions global)
    {
        var id = new Argument<string>("id") { Description = "The execution." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the command ends." };
        var stdout = new Option<bool>("--stdout") { Description = "Only standard output." };
        var stderr = new Option<bool>("--stderr") { Description = "Only standard error; it is written to standard output here." };
        var from = OptionForms.From();
        var command = new DescribedCommand("logs", "Prints what a command has written so far, byte for byte.", """
            Without --stdout or --stderr each stream goes to its own. The exit code is 0 however the command ended; Ctrl+C ends only the
            printing.
            """) { id, follow, stdout, stderr, from };
        command.SetAction(async (words, cancellationToken) =>
        {
            var options = new FollowOptions { FromSequence = words.GetValue(from) };
            var printer = words.GetValue(global.Json)
                ? (IEventPrinter)new JsonPrinter()
                : new LogPrinter(words.GetValue(stdout), words.GetValue(stderr));
            await using var client = await global.ConnectAsync(words, cancellationToken);
            try
            {
                await PrintAsync(client.FollowAsync(words.GetRequiredValue(id), options, cancellationToken), printer, options, words.GetValue(follow));
                return 0;
            }
            catch (OutputClosedException)
            {
                return ExitCodes.OutputClosed;
            }
        });
        return command;
    }

    private static async Task PrintAsync(IAsyncEnumerable<ExecutionEvent> events, IEventPrinter printer, FollowOptions options, bool follow)
    {
        // A running execution's stream does not stop by itself: the snapshot says how much there is now.
        var until = long.MaxValue;
        await foreach (var item in events)
        {
            printer.Print(item);
            if (item.Kind == EventKind.Snapshot && !follow && item.Info!.State != ExecutionState.Ended)
            {
                until = item.Info.Sequence;
            }

            var at = item.Kind == EventKind.Snapshot ? options.FromSequence - 1 : item.Sequence ?? 0;
            if (at >= until)
            {
                return;
            }
        }
    }
}
