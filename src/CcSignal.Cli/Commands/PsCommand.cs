using System.CommandLine;
using CcSignal.Cli.CommandLine;
using CcSignal.Cli.Endings;
using CcSignal.Cli.Terminal;
using CcSignal.Cli.Wording;
using CcSignal.Contracts;

namespace CcSignal.Cli.Commands;

/// <summary><c>ccsignal ps</c>: which commands there are.</summary>
internal static class PsCommand
{
    public static Command Create(GlobalOptions global, TimeProvider time)
    {
        var query = new QueryOptions(time);
        var watch = new Option<bool>("--watch", "-w") { Description = "Go on: a line for each one that is new or changes, until Ctrl+C." };
        var command = new Command("ps", "Lists commands, newest first: those that wait or run, or with --all those that have ended, too.");
        query.AddTo(command);
        command.Options.Add(watch);
        command.SetAction(async (words, cancellationToken) =>
        {
            await using var client = await global.ConnectAsync(words, cancellationToken);
            if (words.GetValue(watch))
            {
                return await WatchAsync(client.WatchAsync(query.Read(words), cancellationToken), global, words, new ExecutionLines(time));
            }

            var limit = words.GetValue(query.Limit);
            var table = new TextTable("ID", "STATE", "AGE", "OWNER", "COMMAND");
            var shown = 0;
            await foreach (var execution in client.ListAllAsync(query.Read(words), cancellationToken))
            {
                if (shown++ == limit)
                {
                    Messages.Say($"there are more than {limit}; see them with -n.");
                    break;
                }

                global.Print(words, execution, () => table.Add(Row(execution, time.GetUtcNow())));
            }

            if (!words.GetValue(global.Json))
            {
                table.Print();
            }

            return 0;
        });
        return command;
    }

    private static async Task<int> WatchAsync(IAsyncEnumerable<ExecutionInfo> executions, GlobalOptions global, ParseResult words, ExecutionLines lines)
    {
        try
        {
            await foreach (var execution in executions)
            {
                global.Print(words, execution, () => lines.Print(execution));
            }

            return 0;
        }
        catch (OutputClosedException)
        {
            return ExitCodes.OutputClosed;
        }
    }

    private static string[] Row(ExecutionInfo execution, DateTimeOffset now) =>
    [
        execution.Id,
        ExecutionText.State(execution, now),
        DurationText.For(now - DateTimeOffset.FromUnixTimeMilliseconds(execution.QueuedAt)),
        Printable.OneLine(execution.Owner),
        Printable.CommandLine(execution.Command, execution.Arguments),
    ];
}
