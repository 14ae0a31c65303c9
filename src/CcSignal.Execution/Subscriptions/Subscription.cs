using System.Runtime.CompilerServices;
using CcSignal.Contracts;
using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Subscriptions;

/// <summary>
/// One follower of one execution: a cursor on its journal, turned into events. The only stream loop there is, for executions that
/// wait, run or have ended. Its end never touches the execution. Owns the use of the recording.
/// </summary>
internal sealed class Subscription : IDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(Defaults.HeartbeatSeconds);

    private readonly TrackedExecution _execution;
    private readonly IDisposable _use;
    private readonly FollowOptions _options;
    private readonly TimeProvider _time;

    public Subscription(TrackedExecution execution, IDisposable use, FollowOptions options, TimeProvider time)
    {
        _execution = execution;
        _use = use;
        _options = options;
        _time = time;
        Name = options.Subscription ?? Guid.CreateVersion7().ToString("N");
        Window = new Window(options.WindowBytes);
    }

    /// <summary>What it acknowledges under.</summary>
    public string Name { get; }

    /// <summary>What it may send before it is acknowledged.</summary>
    public Window Window { get; }

    /// <summary>The streams it shares a connection with; on its own, until told otherwise.</summary>
    public Turns Turns { get; set; } = new();

    /// <summary>Is told where a recording is damaged, when the reader comes to it.</summary>
    public Action<Exception>? Damaged { get; init; }

    /// <summary>Checks what a client asks for.</summary>
    /// <exception cref="RefusedException">A field is wrong.</exception>
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
        return options;

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
        using var follower = _execution.Followers.Join();
        using var output = new OutputCursor(_execution, _options, Window);
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
            if (output.MayRead(upTo))
            {
                var turn = Turns.TakeAsync(cancellationToken);
                try
                {
                    while (!turn.IsCompleted)
                    {
                        await Task.WhenAny(turn, heart.Due);
                        if (heart.Take())
                        {
                            yield return Alive(output);
                        }
                    }

                    await turn;
                    foreach (var gap in output.SkipIfBehind(status.Ended, cancellationToken))
                    {
                        yield return gap;
                    }

                    upTo = _execution.Head.Sequence;
                    if (output.Read(upTo, status.Ended) is { } chunk)
                    {
                        heart.Beat();
                        yield return chunk;
                        continue;
                    }
                }
                finally
                {
                    Turns.Pass(turn);
                }
            }

            if (status.Ended && (output.Next > upTo || output.IsDamaged))
            {
                if (output.Damage is { } damage)
                {
                    Damaged?.Invoke(damage);
                    yield return Told(new Notice(
                        NoticeCodes.RecordingDamaged, $"The recording is damaged after piece {output.Next - 1} of {status.Info.Sequence}; what follows is not shown."));
                }

                foreach (var gap in output.Missing(status.Info))
                {
                    yield return gap;
                }

                yield return new ExecutionEvent { Kind = EventKind.Ended, Info = status.Info };
                yield break;
            }

            output.Rest();
            if (await WaitAsync(upTo, seen, acknowledgements, heart, cancellationToken))
            {
                yield return Alive(output);
            }
        }
    }

    public void Dispose() => _use.Dispose();

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

    private static ExecutionEvent Alive(OutputCursor output) => new() { Kind = EventKind.Heartbeat, Sequence = output.Next - 1 };

    private static ExecutionEvent Told(Notice notice) =>
        new() { Kind = EventKind.Notice, Code = notice.Code, Message = notice.Message };
}
