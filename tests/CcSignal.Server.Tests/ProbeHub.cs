using System.Runtime.CompilerServices;
using CcSignal.Contracts;
using CcSignal.Execution;
using CcSignal.Server.Access;
using Microsoft.AspNetCore.SignalR;

namespace CcSignal.Server.Tests;

/// <summary>A hub behind the same door as the real one, whose methods do what a real one does only by accident.</summary>
internal sealed class ProbeHub(ProbeEnds ends) : Hub
{
    public string Who() => Context.GetCaller().Name;

    public void Refuse() => throw new RefusedException(ErrorCodes.NotFound, "There is no execution 'x'.");

    public void Fail(string secret) => throw new InvalidOperationException("The disk is on fire.");

    public int Length(string text) => text.Length;

    public void Take(string text, ExecutionRequest request)
    {
        // Only what cannot be read matters.
    }

    public IAsyncEnumerable<ExecutionEvent> RefuseStream() => throw new RefusedException(ErrorCodes.NotFound, "There is no execution 'x'.");

    public async IAsyncEnumerable<ExecutionEvent> RefuseFirst([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        throw new RefusedException(ErrorCodes.NotFound, "There is no execution 'x'.");
#pragma warning disable CS0162 // what makes it a stream
        yield break;
#pragma warning restore CS0162
    }

    public async IAsyncEnumerable<ExecutionEvent> FailLater([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        yield return new ExecutionEvent { Kind = EventKind.Heartbeat };
        throw new InvalidOperationException("The disk is on fire.");
    }

    /// <summary>One event, then nothing until cancelled.</summary>
    public async IAsyncEnumerable<ExecutionEvent> Wait([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new ExecutionEvent { Kind = EventKind.Heartbeat };
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    /// <summary>More than anybody can read; the server's <see cref="ProbeEnds"/> hears of its end.</summary>
    public async IAsyncEnumerable<ExecutionEvent> Flood([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var data = new byte[Limits.MaxOutputChunkBytes];
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                yield return new ExecutionEvent { Kind = EventKind.Output, Data = data };
                await Task.Yield();
            }
        }
        finally
        {
            ends.Flood.TrySetResult();
        }
    }

    public async IAsyncEnumerable<ExecutionInfo> None([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        yield break;
    }
}
