using CcSignal.Contracts;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Subscriptions;

/// <summary>What a reader in <c>tail</c> mode does who has fallen behind: it goes on with the last bytes, and is told which it does not get.</summary>
internal static class Tail
{
    /// <summary>Who is more bytes behind than this when it could be sent something, skips.</summary>
    public const int Reach = 256 * 1024;

    /// <summary>So many of the last bytes it gets then, at most.</summary>
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

        var before = reader.Next - 1;
        var stdout = reader.FindPosition(OutputStream.Stdout, extent, cancellationToken);
        var stderr = reader.FindPosition(OutputStream.Stderr, extent, cancellationToken);
        if (extent.StdoutBytes - stdout + extent.StderrBytes - stderr <= Reach)
        {
            return [];
        }

        reader.SkipToLast(extent, Kept);
        return Gap.Tell(
            before,
            reader.Next - 1,
            new Gap(OutputStream.Stdout, stdout, reader.PositionOf(OutputStream.Stdout)!.Value),
            new Gap(OutputStream.Stderr, stderr, reader.PositionOf(OutputStream.Stderr)!.Value));
    }
}
