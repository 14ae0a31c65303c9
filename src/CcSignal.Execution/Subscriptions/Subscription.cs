using System.Runtime.CompilerServices;
using CcSignal.Contracts;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Subscriptions;

/// <summary>
/// One follower of one execution: a cursor on its journal, turned into events. The only stream loop there is, for executions that
/// wait, run or have ended. Its end never touches the execution.
/// </summary>
internal sealed class Subscription
{
    private const int MicrosecondsPerMillisecond = 1000;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(Defaults.HeartbeatSeconds);

    private readonly TrackedExecution _execution;
    private readonly FollowOptions _options;
    private readonly TimeProvider _time;

    public Subscription(TrackedExecution execution, FollowOptions options, TimeProvider time)
    {
        _execution = execution;
        _options = options;
        _time = time;
        Name = options.Subscription ?? Guid.CreateVersion7().ToString("N");
        Window = new Window(options.WindowBytes);
    }

    /// <summary>What it acknowledges under.</summary>
    public string Name { get; }

    /// <summary>What it may send before it is acknowledged.</summary>
    public Window Window { get; }

    /// <summary>Checks what a client asks for.</summary>
    /// <exception cref="RefusedException">A field is wrong, or not available.</exception>
    public static FollowOptions Check(FollowOptions? options)
    {
        options ??= new FollowOptions();
        Demand(options.FromSequence >= 1, $"'fromSequence' must be 1 or more, not {options.FromSequence}.");
        Demand(
            options.WindowBytes is 0 or >= IndexRecord.MaxLength,
            $"'windowBytes' must be 0 or at least {IndexRecord.MaxLength}, the largest piece that is sent whole.");
        Demand(
            options.Subscription is null or { Length: > 0 and <= Limits.MaxIdLength },
            $"'subscription' must have 1 to {Limits.MaxIdLength} characters.");
        return options.Mode == FollowMode.Lossless
            ? options
            : throw new RefusedException(ErrorCodes.Unavailable, "This server cannot honour 'mode' tail: follow lossless.");

        static void Demand(bool kept, string message)
        {
            if (!kept)
            {
                throw new RefusedException(ErrorCodes.InvalidRequest, message);
            }
        }
    }

    /// <summary>The events, from the snapshot to the end. An output event's bytes are valid until the next event is asked for.</summary>
    public async IAsyncEnumerable<ExecutionEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new JournalReader(_execution.Files, _options.FromSequence);
        using var heart = new HeartbeatTimer(_time, Heartbeat);
        var seen = _execution.Status;
        yield return new ExecutionEvent { Kind = EventKind.Snapshot, Info = _execution.Snapshot(), Subscription = Name };
        foreach (var notice in seen.Notices)
        {
            yield return Told(notice);
        }

        while (true)
        {
            // The order matters: what an ended status promises to be recorded is looked for after the status was read.
            var status = _execution.Status;
            var upTo = _execution.Head.Sequence;
            for (var told = seen.Notices.Count; told < status.Notices.Count; told++)
            {
                yield return Told(status.Notices[told]);
            }

            if (status.Version != seen.Version && !status.Ended)
            {
                heart.Beat();
                yield return new ExecutionEvent { Kind = EventKind.State, Info = _execution.Snapshot() };
            }

            seen = status;
            var acknowledgements = Window.Acknowledgements;
            var read = Read(reader, upTo, status.Ended, out var chunk, out var damaged);
            if (read)
            {
                heart.Beat();
                Window.Sent(chunk.Sequence, chunk.Data.Length);
                yield return new ExecutionEvent
                {
                    Kind = EventKind.Output,
                    Sequence = chunk.Sequence,
                    Stream = chunk.Stream,
                    Offset = chunk.Offset,
                    At = chunk.AtMicroseconds / MicrosecondsPerMillisecond,
                    Data = chunk.Data,
                };
            }
            else if (status.Ended && (reader.Next > upTo || damaged))
            {
                if (damaged)
                {
                    yield return Told(new Notice(
                        NoticeCodes.RecordingDamaged, $"The recording is damaged after piece {reader.Next - 1} of {status.Info.Sequence}; what follows is not shown."));
                }

                foreach (var gap in Gaps(reader, status.Info, damaged))
                {
                    yield return gap;
                }

                yield return new ExecutionEvent { Kind = EventKind.Ended, Info = status.Info };
                yield break;
            }
            else
            {
                reader.Rest();
                if (await WaitAsync(upTo, seen, acknowledgements, heart, cancellationToken))
                {
                    yield return new ExecutionEvent { Kind = EventKind.Heartbeat, Sequence = reader.Next - 1 };
                }
            }
        }
    }

    // A recording that has ended may have been cut or overwritten since. While it is written, damage is a fault of ours.
    private bool Read(JournalReader reader, long upTo, bool ended, out RecordedChunk chunk, out bool damaged)
    {
        damaged = false;
        try
        {
            return reader.TryRead(upTo, Window.Room(Limits.MaxOutputChunkBytes), out chunk);
        }
        catch (Exception exception) when (ended && exception is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            chunk = default;
            damaged = true;
            return false;
        }
    }

    // What was recorded and cannot be read: to the end of each stream from where it was read last, or from where the files end.
    private IEnumerable<ExecutionEvent> Gaps(JournalReader reader, ExecutionInfo info, bool damaged)
    {
        var extent = _execution.Head.Extent;
        foreach (var (stream, readable, recorded) in new[]
        {
            (OutputStream.Stdout, extent.StdoutBytes, info.StdoutBytes),
            (OutputStream.Stderr, extent.StderrBytes, info.StderrBytes),
        })
        {
            // A reader that began in the middle, and read nothing of this stream, cannot know how much of it lies before.
            var from = damaged ? reader.EndOf(stream) ?? (_options.FromSequence == 1 ? 0 : recorded) : readable;
            if (from < recorded)
            {
                yield return new ExecutionEvent { Kind = EventKind.Gap, Stream = stream, Offset = from, Bytes = recorded - from, Sequence = info.Sequence };
            }
        }
    }

    // Until something changed since it was looked at; true: nothing did, and it is time for a heartbeat.
    private async ValueTask<bool> WaitAsync(
        long upTo, ExecutionStatus seen, int acknowledgements, HeartbeatTimer heart, CancellationToken cancellationToken)
    {
        var changed = _execution.Head.Changed.Next();
        var freed = Window.Freed.Next();
        if (_execution.Head.Sequence != upTo || _execution.Status != seen || Window.Acknowledgements != acknowledgements)
        {
            return false;
        }

        await Task.WhenAny(changed, freed, heart.Due).WaitAsync(cancellationToken);
        return heart.Take();
    }

    private static ExecutionEvent Told(Notice notice) =>
        new() { Kind = EventKind.Notice, Code = notice.Code, Message = notice.Message };
}
