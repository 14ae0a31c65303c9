using CcSignal.Contracts;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Subscriptions;

/// <summary>
/// A follower's place in the output: what its window has room for comes as events, what it will not get as gaps. Owns its reader of the journal.
/// </summary>
internal sealed class OutputCursor(TrackedExecution execution, FollowOptions options, Window window) : IDisposable
{
    private const int MicrosecondsPerMillisecond = 1000;

    private readonly JournalReader _reader = new(execution.Files, options.FromSequence);

    /// <summary>The next sequence number it will read.</summary>
    public long Next => _reader.Next;

    /// <summary>Why the recording of an ended execution cannot be read on: somebody has cut or overwritten it since. Null: it can.</summary>
    public Exception? Damage { get; private set; }

    /// <summary>The recording of an ended execution cannot be read on.</summary>
    public bool IsDamaged => Damage is not null;

    /// <summary>Whether something up to there may be read now.</summary>
    public bool MayRead(long upTo) => Next <= upTo && !IsDamaged && window.Room(Limits.MaxOutputChunkBytes) > 0;

    /// <summary>In <c>tail</c> mode, skips if it is behind; returns what it leaves out.</summary>
    public IReadOnlyList<ExecutionEvent> SkipIfBehind(bool ended, CancellationToken cancellationToken)
    {
        if (options.Mode != FollowMode.Tail || window.Room(IndexRecord.MaxLength) < IndexRecord.MaxLength)
        {
            return [];
        }

        try
        {
            return Tail.Skip(_reader, execution.Head.Extent, cancellationToken);
        }
        catch (Exception exception) when (ended && IsDamage(exception))
        {
            return []; // reading will come to it
        }
    }

    /// <summary>The next chunk; null: there is nothing up to there, or no room in the window for the next piece. Its bytes are valid until the next call.</summary>
    public ExecutionEvent? Read(long upTo, bool ended)
    {
        try
        {
            if (!_reader.TryRead(upTo, window.Room(Limits.MaxOutputChunkBytes), out var chunk))
            {
                return null;
            }

            window.Sent(chunk.Sequence, chunk.Data.Length);
            return new ExecutionEvent
            {
                Kind = EventKind.Output,
                Sequence = chunk.Sequence,
                Stream = chunk.Stream,
                Offset = chunk.Offset,
                At = chunk.AtMicroseconds / MicrosecondsPerMillisecond,
                Data = chunk.Data,
            };
        }
        catch (Exception exception) when (ended && IsDamage(exception))
        {
            Damage = exception;
            return null;
        }
    }

    /// <summary>What was recorded and cannot be read: to the end of each stream from where it was read last, or from where the files end.</summary>
    public IReadOnlyList<ExecutionEvent> Missing(ExecutionInfo info)
    {
        return Gap.Tell(
            Next - 1,
            info.Sequence,
            new Gap(OutputStream.Stdout, From(OutputStream.Stdout, info.StdoutBytes), info.StdoutBytes),
            new Gap(OutputStream.Stderr, From(OutputStream.Stderr, info.StderrBytes), info.StderrBytes));

        // A reader that began in the middle, and read nothing of this stream, cannot know how much of it lies before.
        long From(OutputStream stream, long recorded) =>
            IsDamaged ? _reader.PositionOf(stream) ?? recorded : execution.Head.Extent.BytesOf(stream);
    }

    /// <summary>Gives the buffers back while there is nothing to read.</summary>
    public void Rest() => _reader.Rest();

    public void Dispose() => _reader.Dispose();

    // While it is written, damage is a fault of ours.
    private static bool IsDamage(Exception exception) => exception is InvalidDataException or FileNotFoundException or DirectoryNotFoundException;
}
