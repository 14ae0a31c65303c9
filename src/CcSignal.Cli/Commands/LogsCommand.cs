using System.CommandLine;
using System.Runtime.CompilerServices;
using CcSignal.Cli.CommandLine;
using CcSignal.Cli.Endings;
using CcSignal.Cli.Exporting;
using CcSignal.Cli.Following;
using CcSignal.Cli.Terminal;
using CcSignal.Contracts;

namespace CcSignal.Cli.Commands;

/// <summary><c>ccsignal logs</c>: what a command has written.</summary>
internal static class LogsCommand
{
    public static Command Create(GlobalOptions global, TimeProvider time)
    {
        var id = new Argument<string>("id") { Description = "The execution." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the command ends." };
        var stdout = new Option<bool>("--stdout") { Description = "Only standard output." };
        var stderr = new Option<bool>("--stderr") { Description = "Only standard error; it is written to standard output here." };
        var from = OptionForms.From();
        var timestamps = new Option<bool>("--timestamps", "-T") { Description = "Before each line, when it was recorded (UTC). With --json, the exact time of each piece." };
        var asciicast = new Option<bool>("--asciicast") { Description = "As asciicast v2, for asciinema; of commands that ran on a terminal." };
        var since = OptionForms.Moment("--since", "Begin at what was recorded since: a time ago (2h), or a date.", time);
        var until = OptionForms.Moment("--until", "Stop at what was recorded after: a time ago (2h), or a date.", time);
        var command = new DescribedCommand("logs", "Prints what a command has written so far, byte for byte.", """
            Without --stdout or --stderr each stream goes to its own. The exit code is 0 however the command ended; Ctrl+C ends only the
            printing.
            """) { id, follow, stdout, stderr, from, timestamps, asciicast, since, until };
        command.SetAction(async (words, cancellationToken) =>
        {
            var asFilm = words.GetValue(asciicast) ? new AsciicastPrinter() : null;
            var (which, start, end) = (words.GetRequiredValue(id), words.GetValue(since), words.GetValue(until));
            var printer = Printer(words);
            await using var client = await global.ConnectAsync(words, cancellationToken);
            using var times = words.GetValue(timestamps) || (start ?? end) is not null || asFilm is not null
                ? new PieceTimes(global.OpenHttp(words), client, which)
                : null;
            try
            {
                var first = start is { } moment ? await times!.FindAsync(moment, cancellationToken) : 1;
                var options = new FollowOptions { FromSequence = Math.Max(first, words.GetValue(from)) };
                await PrintAsync(
                    Pieces(client.FollowAsync(which, options, cancellationToken), times, cancellationToken),
                    printer, options, words.GetValue(follow), end ?? long.MaxValue);
                asFilm?.End();
                return 0;
            }
            catch (OutputClosedException)
            {
                return ExitCodes.OutputClosed;
            }

            IEventPrinter Printer(ParseResult words)
            {
                var plain = words.GetValue(global.Json) ? (IEventPrinter)new JsonPrinter() : new LogPrinter(words.GetValue(stdout), words.GetValue(stderr));
                return asFilm ?? (words.GetValue(timestamps) && !words.GetValue(global.Json) ? new TimestampPrinter(plain) : plain);
            }
        });
        return command;
    }

    private static async IAsyncEnumerable<ExecutionEvent> Pieces(
        IAsyncEnumerable<ExecutionEvent> events, PieceTimes? times, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in events.WithCancellation(cancellationToken))
        {
            foreach (var piece in times is null ? [item] : await times.SplitAsync(item, cancellationToken))
            {
                yield return piece;
            }
        }
    }

    private static async Task PrintAsync(IAsyncEnumerable<ExecutionEvent> events, IEventPrinter printer, FollowOptions options, bool follow, long end)
    {
        // A running execution's stream does not stop by itself: the snapshot says how much there is now.
        var until = long.MaxValue;
        await foreach (var item in events)
        {
            if (item.At > end)
            {
                return;
            }

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
