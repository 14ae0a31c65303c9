using CcSignal.Contracts;
using CcSignal.Execution.History;

namespace CcSignal.Execution.Watching;

/// <summary>Opens the streams of those who watch.</summary>
internal sealed class Watches(ExecutionChanges changes, IExecutionStore store, TimeProvider time)
{
    private readonly ProgressClock _progress = new(changes, time);

    /// <summary>What the caller may see of what the query asks for: as it is now, then as it changes.</summary>
    /// <exception cref="RefusedException">A field of the query is wrong.</exception>
    public IAsyncEnumerable<ExecutionInfo> Open(ExecutionQuery? query, Caller caller, CancellationToken cancellationToken) =>
        new ExecutionWatch(changes, _progress, store, time, query ?? new ExecutionQuery(), caller.Administrator ? null : caller.Name)
            .ExecutionsAsync(cancellationToken);
}
