using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CcSignal.Execution.Watching;

namespace CcSignal.Execution;

/// <summary>The executions of this node that have not ended, by number and by id.</summary>
internal sealed class TrackedExecutions(ExecutionChanges changes)
{
    private readonly ConcurrentDictionary<long, TrackedExecution> _byNumber = new();
    private readonly ConcurrentDictionary<string, long> _numbers = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public ICollection<TrackedExecution> All => _byNumber.Values;

    /// <summary>
    /// Adds it before the history knows it, so that whoever takes it from the queue finds it here. An id that is tracked already stays with
    /// its execution: the history then answers that it exists.
    /// </summary>
    public void Add(TrackedExecution execution)
    {
        execution.Changes = changes;
        _byNumber[execution.Number] = execution;
        _numbers.TryAdd(execution.Status.Info.Id, execution.Number);
    }

    /// <summary>Says that the history has accepted it: the id is surely its own.</summary>
    public void Accept(TrackedExecution execution)
    {
        // It may have ended by now, and then it is not here any more.
        if (_byNumber.ContainsKey(execution.Number))
        {
            _numbers[execution.Status.Info.Id] = execution.Number;
            changes.NoteNew(execution);
        }
    }

    /// <summary>Adds one that the history knows: an earlier server accepted it.</summary>
    public void Restore(TrackedExecution execution)
    {
        Add(execution);
        Accept(execution);
    }

    /// <summary>Forgets it: it has ended, or was never accepted.</summary>
    public void Remove(TrackedExecution execution)
    {
        _byNumber.TryRemove(execution.Number, out _);
        _numbers.TryRemove(new KeyValuePair<string, long>(execution.Status.Info.Id, execution.Number));
    }

    /// <summary>Finds it by number.</summary>
    public bool TryGet(long number, [NotNullWhen(true)] out TrackedExecution? execution) => _byNumber.TryGetValue(number, out execution);

    /// <summary>Finds it by id.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out TrackedExecution? execution)
    {
        execution = null;
        return _numbers.TryGetValue(id, out var number) && _byNumber.TryGetValue(number, out execution);
    }
}
