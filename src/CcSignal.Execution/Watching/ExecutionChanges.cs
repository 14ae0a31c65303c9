using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Watching;

/// <summary>
/// Every execution that lives and the last that ended, in the order of their changes, each once: at its last. Whoever watches is a number in this
/// order: a slow watcher costs no memory and misses no execution, and many changes of one meanwhile are one change for it.
/// </summary>
internal sealed class ExecutionChanges
{
    // The facts of one can hold 192 KiB of arguments. Who comes later reads them from the history.
    private const int MaxEndedWithFacts = 256;

    // A watcher that is held up for 100 s while 1,000 end each second; its connection is cut off before that.
    private const int MaxEnded = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, LinkedListNode<Entry>> _living = [];
    private readonly LinkedList<Entry> _inOrder = new();
    private readonly Queue<Entry> _endedWithFacts = new();
    private readonly Queue<LinkedListNode<Entry>> _ended = new();
    private long _last;
    private long _forgotten;

    /// <summary>Fires at every change.</summary>
    public Pulse Changed { get; } = new();

    /// <summary>The place of the last change; 0: there was none.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Says that the history knows it now.</summary>
    public void NoteNew(TrackedExecution execution)
    {
        lock (_gate)
        {
            // Its end was noted, or is on its way here.
            if (execution.Status.Ended)
            {
                return;
            }

            MoveToLast(NodeOf(execution));
        }

        Changed.Fire();
    }

    /// <summary>Says that its facts are others now; the last time with its end.</summary>
    public void Note(TrackedExecution execution)
    {
        lock (_gate)
        {
            var node = NodeOf(execution);
            MoveToLast(node);
            if (execution.Status.Ended)
            {
                End(node);
            }
        }

        Changed.Fire();
    }

    /// <summary>Says of every execution whose recording has grown since its last change that it has changed.</summary>
    public void NoteProgress()
    {
        var before = Last;
        lock (_gate)
        {
            foreach (var node in _living.Values.Where(node => node.Value.Execution!.Head.Sequence != node.Value.Sequence))
            {
                MoveToLast(node);
            }
        }

        if (Last != before)
        {
            Changed.Fire();
        }
    }

    /// <summary>All that live, newest first.</summary>
    public IReadOnlyList<TrackedExecution> Living()
    {
        lock (_gate)
        {
            return [.. _living.Values.Select(node => node.Value.Execution!).OrderByDescending(execution => execution.Number)];
        }
    }

    /// <summary>The first changes after one that was seen, oldest first; none: there are no others up to there.</summary>
    /// <param name="after">The last that was seen.</param>
    /// <param name="upTo">The last that is wanted.</param>
    /// <param name="count">At most so many.</param>
    /// <returns>Null: some of them are forgotten.</returns>
    public IReadOnlyList<Change>? Read(long after, long upTo, int count)
    {
        lock (_gate)
        {
            if (after < _forgotten)
            {
                return null;
            }

            var node = _inOrder.Last;
            while (node?.Previous is { } previous && previous.Value.Order > after)
            {
                node = previous;
            }

            var found = new List<Change>();
            for (; node is not null && node.Value.Order <= upTo && found.Count < count; node = node.Next)
            {
                if (node.Value.Order > after)
                {
                    found.Add(new Change(node.Value.Order, node.Value.Number, node.Value.Execution));
                }
            }

            return found;
        }
    }

    private LinkedListNode<Entry> NodeOf(TrackedExecution execution)
    {
        if (!_living.TryGetValue(execution.Number, out var node))
        {
            node = _inOrder.AddLast(new Entry(execution));
            _living.Add(execution.Number, node);
        }

        return node;
    }

    private void MoveToLast(LinkedListNode<Entry> node)
    {
        _inOrder.Remove(node);
        _inOrder.AddLast(node);
        node.Value.Order = ++_last;
        node.Value.Sequence = node.Value.Execution!.Head.Sequence;
    }

    private void End(LinkedListNode<Entry> node)
    {
        _living.Remove(node.Value.Number);
        _ended.Enqueue(node);
        _endedWithFacts.Enqueue(node.Value);
        if (_endedWithFacts.Count > MaxEndedWithFacts)
        {
            _endedWithFacts.Dequeue().Execution = null;
        }

        if (_ended.Count > MaxEnded)
        {
            var forgotten = _ended.Dequeue();
            _inOrder.Remove(forgotten);
            _forgotten = forgotten.Value.Order;
        }
    }

    private sealed class Entry(TrackedExecution execution)
    {
        public long Number { get; } = execution.Number;

        public TrackedExecution? Execution { get; set; } = execution;

        public long Order { get; set; }

        /// <summary>How far its recording went at its last change.</summary>
        public long Sequence { get; set; }
    }
}
