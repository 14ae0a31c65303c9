using CcSignal.Contracts;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Subscriptions;

/// <summary>What a reader in <c>tail</c> mode does who has fallen behind: it goes on with the last bytes, and is told which it does not get.</summary>
internal static class Tail
{
    /// <summary>Who is more bytes behind than this when he could be sent something, skips.</summary>
    public const int Reach = 256 * 1024;

    /// <summary>So many of the last bytes he gets then, at most.</summary>
    public const int Kept = 64 * 1024;

    // So few pieces cannot hold more than the reach; whoever follows closely costs one comparison.
    private const int FewPieces = Reach / IndexRecord.MaxLength;

    /// <summary>Skips, if the reader is behind; returns the gaps, one for each stream that has lost something.</summary>
    /// <exception cref="InvalidDataException">The index is shorter than the recording says.</exception>
    public static IReadOnlyList<ExecutionEvent> Skip(JournalReader reader, JournalExtent extent, CancellationToken cancellationToken)
    {
        if (extent.Sequence - reader.Next < FewPieces)
        {
            return [];
        }

        var stdout = reader.FindPosition(OutputStream.Stdout, extent, cancellationToken);
        var stderr = reader.FindPosition(OutputStream.Stderr, extent, cancellationToken);
        if (extent.StdoutBytes - stdout + extent.StderrBytes - stderr <= Reach)
        {
            return [];
        }

        reader.SkipToLast(extent, Kept);
        return [.. GapsIn(OutputStream.Stdout, stdout), .. GapsIn(OutputStream.Stderr, stderr)];

        IEnumerable<ExecutionEvent> GapsIn(OutputStream stream, long from)
        {
            if (reader.PositionOf(stream) is { } to && to > from)
            {
                yield return new ExecutionEvent { Kind = EventKind.Gap, Stream = stream, Offset = from, Bytes = to - from, Sequence = reader.Next - 1 };
            }
        }
    }
}
