using CcSignal.Contracts;

namespace CcSignal.Execution.Subscriptions;

/// <summary>Bytes of one stream that a reader does not get; perhaps none.</summary>
/// <param name="Stream">Which stream.</param>
/// <param name="From">Where they begin in it.</param>
/// <param name="To">Where they end.</param>
internal readonly record struct Gap(OutputStream Stream, long From, long To)
{
    /// <summary>
    /// Tells those that are not empty. Only the last one moves the reader's place from <paramref name="before"/> to <paramref name="after"/>: who is cut off
    /// between two of them comes back to before, and hears of both.
    /// </summary>
    public static IReadOnlyList<ExecutionEvent> Tell(long before, long after, params ReadOnlySpan<Gap> gaps)
    {
        var events = new List<ExecutionEvent>();
        for (var i = gaps.Length - 1; i >= 0; i--)
        {
            var (stream, from, to) = gaps[i];
            if (to > from)
            {
                var sequence = events.Count == 0 ? after : before;
                events.Insert(0, new ExecutionEvent { Kind = EventKind.Gap, Stream = stream, Offset = from, Bytes = to - from, Sequence = sequence });
            }
        }

        return events;
    }
}
