namespace CcSignal.Execution.Journal;

/// <summary>Who uses a recording now: any number of readers, or one who removes it; never both.</summary>
internal sealed class RecordingUses
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, int> _readers = [];
    private readonly HashSet<long> _removed = [];

    /// <summary>Keeps it until what is returned is disposed of; null: it is being removed.</summary>
    public IDisposable? TryRead(long number)
    {
        lock (_gate)
        {
            if (_removed.Contains(number))
            {
                return null;
            }

            _readers[number] = _readers.GetValueOrDefault(number) + 1;
            return new Use(() => Leave(number));
        }
    }

    /// <summary>Lets nobody read it until what is returned is disposed of; null: somebody does.</summary>
    public IDisposable? TryRemove(long number)
    {
        lock (_gate)
        {
            return _readers.ContainsKey(number) || !_removed.Add(number) ? null : new Use(() => Removed(number));
        }
    }

    private void Leave(long number)
    {
        lock (_gate)
        {
            if (--_readers[number] == 0)
            {
                _readers.Remove(number);
            }
        }
    }

    private void Removed(long number)
    {
        lock (_gate)
        {
            _removed.Remove(number);
        }
    }

    private sealed class Use(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
