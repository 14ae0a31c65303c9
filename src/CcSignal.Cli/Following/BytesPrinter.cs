using CcSignal.Cli.Endings;
using CcSignal.Cli.Terminal;
using CcSignal.Cli.Wording;
using CcSignal.Contracts;

namespace CcSignal.Cli.Following;

/// <summary>Shows a command's output as if it ran here: its bytes unchanged on their own streams, and what a person should know beside them.</summary>
internal sealed class BytesPrinter(bool quiet, TimeProvider time) : IEventPrinter
{
    private int? _queuePosition;

    /// <inheritdoc/>
    public void Print(ExecutionEvent item)
    {
        switch (item.Kind)
        {
            case EventKind.Output:
                (item.Stream == OutputStream.Stderr ? StandardStream.Error : StandardStream.Output).Write(item.Data!.Value.Span);
                break;
            case EventKind.Gap:
                Messages.Say($"{item.Bytes} bytes of {(item.Stream == OutputStream.Stderr ? "standard error" : "standard output")} are missing here.");
                break;
            case EventKind.Notice when !quiet:
                Messages.Say(item.Message ?? item.Code ?? "");
                break;
            case EventKind.Snapshot or EventKind.State when !quiet:
                TellQueue(item.Info!);
                break;
            case EventKind.Ended when !quiet && EndSentence.Explain(item.Info!) is { } sentence:
                Messages.Say(sentence);
                break;
            default:
                break;
        }
    }

    // For someone who waits and wonders; a log file needs no positions.
    private void TellQueue(ExecutionInfo info)
    {
        if (info.QueuePosition is { } position && position != _queuePosition && !Console.IsErrorRedirected)
        {
            var expected = info.ExpectedStartAt is { } start ? DateTimeOffset.FromUnixTimeMilliseconds(start) - time.GetUtcNow() : TimeSpan.Zero;
            Messages.Say(expected > TimeSpan.Zero
                ? $"waiting in the queue, place {position}, for about {DurationText.For(expected)}."
                : $"waiting in the queue, place {position}.");
        }

        _queuePosition = info.QueuePosition;
    }
}
