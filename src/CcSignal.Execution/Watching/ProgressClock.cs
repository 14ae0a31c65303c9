namespace CcSignal.Execution.Watching;

/// <summary>Looks every second which recordings have grown, while anybody watches. Owns the timer.</summary>
internal sealed class ProgressClock(ExecutionChanges changes, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private int _watchers;

    /// <summary>Somebody watches, until what is returned is disposed of.</summary>
    public IDisposable Watch()
    {
        lock (_gate)
        {
            _timer ??= time.CreateTimer(_ => changes.NoteProgress(), null, Period, Period);
            _watchers++;
        }

        return new Watcher(this);
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_watchers == 0)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
    }

    private sealed class Watcher(ProgressClock clock) : IDisposable
    {
        private ProgressClock? _clock = clock;

        public void Dispose() => Interlocked.Exchange(ref _clock, null)?.Leave();
    }
}
