using CcSignal.Contracts;

namespace CcSignal.Client.Streaming;

/// <summary>
/// What the caller was given of one execution, over all connections: where to go on, what not to give twice, and whether what comes joins on.
/// </summary>
internal sealed class GivenEvents(string executionId, long fromSequence)
{
    private readonly Dictionary<string, int> _notices = [];
    private readonly Dictionary<string, int> _noticesOfThisStream = [];
    private ExecutionInfo? _info;
    private long? _gapUpTo;

    // Where each stream goes on. Only a reader from the beginning knows that before the first byte.
    private long? _stdout = fromSequence == 1 ? 0 : null;
    private long? _stderr = fromSequence == 1 ? 0 : null;

    /// <summary>The last sequence number that the caller was given; to resume, follow from the next.</summary>
    public long LastSequence { get; private set; } = fromSequence - 1;

    /// <summary>Another stream begins, after an interruption.</summary>
    public void BeginAgain() => _noticesOfThisStream.Clear();

    /// <summary>What the caller is to be given for <paramref name="item"/>; null: nothing, he has it.</summary>
    /// <exception cref="StreamBrokenException">It does not join on what he was given.</exception>
    public ExecutionEvent? Take(ExecutionEvent item)
    {
        // A skip is told by a gap for each stream that has one: it is taken when the last one is.
        if (item.Kind != EventKind.Gap && _gapUpTo is { } passed)
        {
            LastSequence = Math.Max(LastSequence, passed);
            _gapUpTo = null;
        }

        return item.Kind switch
        {
            EventKind.Snapshot => TakeSnapshot(item),
            EventKind.State => TakeState(item),
            EventKind.Notice => TakeNotice(item),
            EventKind.Output => TakeOutput(item),
            EventKind.Gap => TakeGap(item),
            EventKind.Ended => TakeEnd(item),
            _ => item,
        };
    }

    // The caller's stream has one snapshot. That of a later connection is news only if something has changed meanwhile.
    private ExecutionEvent? TakeSnapshot(ExecutionEvent item)
    {
        var (before, now) = (_info, item.Info!);
        _info = now;
        if (before is null)
        {
            return item;
        }

        var same = (before.State, before.QueuePosition, before.Attempt, before.Terminal) == (now.State, now.QueuePosition, now.Attempt, now.Terminal);
        return same || now.State == ExecutionState.Ended ? null : new ExecutionEvent { Kind = EventKind.State, Info = now };
    }

    private ExecutionEvent TakeState(ExecutionEvent item)
    {
        _info = item.Info;
        return item;
    }

    // Each stream begins with the notices so far, in their order; they have no numbers, and the same one may come again.
    private ExecutionEvent? TakeNotice(ExecutionEvent item)
    {
        var notice = $"{item.Code} {item.Message}";
        var times = _noticesOfThisStream[notice] = _noticesOfThisStream.GetValueOrDefault(notice) + 1;
        if (times <= _notices.GetValueOrDefault(notice))
        {
            return null;
        }

        _notices[notice] = times;
        return item;
    }

    private ExecutionEvent? TakeOutput(ExecutionEvent item)
    {
        if (item is not { Sequence: { } sequence, Offset: { } offset, Data: { } data })
        {
            throw Broken("output without its place");
        }

        ref var next = ref NextOf(item.Stream);
        if (sequence <= LastSequence && offset + data.Length <= next)
        {
            return null;
        }

        if (sequence <= LastSequence || offset != (next ?? offset))
        {
            throw Broken($"bytes {offset} to {offset + data.Length} of {item.Stream} as piece {sequence}, where byte {next} was to come after piece {LastSequence}");
        }

        next = offset + data.Length;
        LastSequence = sequence;
        return item;
    }

    private ExecutionEvent? TakeGap(ExecutionEvent item)
    {
        if (item is not { Sequence: { } sequence, Offset: { } offset, Bytes: { } bytes })
        {
            throw Broken("a gap without its place");
        }

        ref var next = ref NextOf(item.Stream);
        if (offset > next)
        {
            throw Broken($"a gap from byte {offset} of {item.Stream}, where byte {next} was to come");
        }

        _gapUpTo = sequence;
        var from = next ?? offset;
        var end = offset + bytes;
        if (end <= next)
        {
            return null;
        }

        next = end;
        return item with { Offset = from, Bytes = end - from };
    }

    private ExecutionEvent TakeEnd(ExecutionEvent item) =>
        _stdout < item.Info!.StdoutBytes || _stderr < item.Info.StderrBytes
            ? throw Broken($"the end, where bytes {_stdout} to {item.Info.StdoutBytes} of {OutputStream.Stdout} and {_stderr} to {item.Info.StderrBytes} of {OutputStream.Stderr} were to come")
            : item;

    private ref long? NextOf(OutputStream? stream)
    {
        if (stream == OutputStream.Stderr)
        {
            return ref _stderr;
        }

        return ref _stdout;
    }

    private StreamBrokenException Broken(string what) => new(executionId, LastSequence, what);
}
