using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CcSignal.Client;
using CcSignal.Contracts;

namespace CcSignal.Load.Tests.Servers;

/// <summary>Passes on what the real server says, but for its lie.</summary>
internal sealed class Liar(Lie lie, CcSignalClient client)
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _cancelled = new();

    public CcSignalClient Client => client;

    public IAsyncEnumerable<ExecutionEvent> Tell(string id, IAsyncEnumerable<ExecutionEvent> events, CancellationToken cancellationToken) => lie switch
    {
        Lie.DropsAByte => WithoutAByteAsync(events),
        Lie.Reorders => ExchangedAsync(events),
        Lie.LiesAboutTheExitCode => events.Select(item => item.Kind == EventKind.Ended ? WellEnded(item) : item),
        Lie.LeaksAProcess => UntilCancelledAsync(id, events, cancellationToken),
        Lie.AnswersLate => LateAsync(events, cancellationToken),
        _ => events,
    };

    public async Task<ExecutionInfo> CancelAsync(string id, string? reason)
    {
        if (lie != Lie.LeaksAProcess)
        {
            return await client.CancelAsync(id, reason);
        }

        CancelOf(id).TrySetResult();
        return Cancelled(await client.GetAsync(id));
    }

    private static async IAsyncEnumerable<ExecutionEvent> WithoutAByteAsync(IAsyncEnumerable<ExecutionEvent> events)
    {
        var dropped = 0;
        await foreach (var item in events)
        {
            if (item is { Kind: EventKind.Output, Stream: OutputStream.Stdout, Data: { Length: > 1 } data })
            {
                yield return dropped == 0 ? item with { Data = data[..^1] } : item with { Offset = item.Offset - 1 };
                dropped = 1;
            }
            else
            {
                yield return item.Kind == EventKind.Ended ? item with { Info = item.Info! with { StdoutBytes = item.Info.StdoutBytes - dropped } } : item;
            }
        }
    }

    private static async IAsyncEnumerable<ExecutionEvent> ExchangedAsync(IAsyncEnumerable<ExecutionEvent> events)
    {
        ExecutionEvent? held = null;
        var exchanged = false;
        await foreach (var item in events)
        {
            if (item.Kind == EventKind.Output && !exchanged && held is null)
            {
                held = item;
                continue;
            }

            yield return item;
            if (held is not null)
            {
                yield return held;
                (held, exchanged) = (null, true);
            }
        }
    }

    private async IAsyncEnumerable<ExecutionEvent> UntilCancelledAsync(
        string id, IAsyncEnumerable<ExecutionEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var real = events.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var next = real.MoveNextAsync().AsTask();
            if (await Task.WhenAny(next, CancelOf(id).Task) != next && !next.IsCompleted)
            {
                yield return new ExecutionEvent { Kind = EventKind.Ended, Info = Cancelled(await client.GetAsync(id, cancellationToken)) };
                await EndedAsync(next); // an enumerator cannot be disposed during a step
                yield break;
            }

            if (!await next)
            {
                yield break;
            }

            yield return real.Current;
        }
    }

    private static async Task EndedAsync(Task step) => await step.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async IAsyncEnumerable<ExecutionEvent> LateAsync(IAsyncEnumerable<ExecutionEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Late, TimeProvider.System, cancellationToken);
        await foreach (var item in events.WithCancellation(cancellationToken))
        {
            yield return item;
        }
    }

    private TaskCompletionSource CancelOf(string id) => _cancelled.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private static ExecutionEvent WellEnded(ExecutionEvent item) =>
        item with { Info = item.Info! with { End = new ExecutionEnd { Cause = EndCause.Exited, ExitCode = 0 } } };

    private static ExecutionInfo Cancelled(ExecutionInfo info) =>
        info with { State = ExecutionState.Ended, End = new ExecutionEnd { Cause = EndCause.Cancelled, By = "load" } };
}
