using System.Collections.Concurrent;
using CcSignal.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace CcSignal.Client.Tests.Scripted;

/// <summary>What a scripted server answers, and what it was told. It plays what a real server does only when something breaks.</summary>
public sealed class Script
{
    public Func<FollowOptions, HubCallerContext, CancellationToken, IAsyncEnumerable<ExecutionEvent>> Stream { get; set; } =
        (_, _, _) => throw new InvalidOperationException("The script has no stream.");

    public Func<string, object> Answer { get; set; } = _ => throw new InvalidOperationException("The script has no answer.");

    /// <summary>What happens when a signal is to be sent.</summary>
    public Action<HubCallerContext> OnSignal { get; set; } = _ => { };

    /// <summary>The requests of <c>Run</c> and <c>Start</c>, in order.</summary>
    public ConcurrentQueue<ExecutionRequest> Requests { get; } = new();

    /// <summary>The options of every stream, in order.</summary>
    public ConcurrentQueue<FollowOptions> Options { get; } = new();

    /// <summary>The acknowledged sequence numbers, in order.</summary>
    public ConcurrentQueue<(string Subscription, long Sequence)> Acknowledged { get; } = new();

    /// <summary>Completes when a stream was given up by its client.</summary>
    public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static ExecutionInfo Info(string id) => Info(id, ExecutionState.Running);

    public static ExecutionInfo Info(string id, ExecutionState state, ExecutionEnd? end = null) => new()
    {
        Id = id,
        Profile = Defaults.Profile,
        Command = "true",
        Arguments = [],
        WorkingDirectory = "/",
        Owner = "tester",
        Node = "here",
        State = state,
        QueuedAt = 1,
        End = end,
    };

    public static ExecutionEvent Snapshot() => new() { Kind = EventKind.Snapshot, Info = Info("x"), Subscription = "s1" };

    public static ExecutionEvent Output(long sequence, byte[] data, long offset = 0, OutputStream stream = OutputStream.Stdout) =>
        new() { Kind = EventKind.Output, Sequence = sequence, Stream = stream, Offset = offset, At = 1, Data = data };

    /// <summary>Pieces of standard output, one behind the other from the first byte.</summary>
    public static IEnumerable<ExecutionEvent> Outputs(params IEnumerable<byte[]> pieces)
    {
        var (sequence, offset) = (0L, 0L);
        foreach (var piece in pieces)
        {
            yield return Output(++sequence, piece, offset);
            offset += piece.Length;
        }
    }

    public static ExecutionEvent Ended(int exitCode = 0) => new()
    {
        Kind = EventKind.Ended,
        Info = Info("x", ExecutionState.Ended, new ExecutionEnd { Cause = EndCause.Exited, ExitCode = exitCode }),
    };
}
