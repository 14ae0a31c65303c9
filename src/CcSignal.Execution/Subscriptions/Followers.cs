namespace CcSignal.Execution.Subscriptions;

/// <summary>Who follows one execution now, over all connections. Tells one watcher when the first comes and the last goes.</summary>
internal sealed class Followers
{
    private readonly Lock _gate = new();
    private Action<bool>? _changed;
    private int _count;

    /// <summary>One more follows, until what is returned is disposed.</summary>
    public IDisposable Join()
    {
        lock (_gate)
        {
            if (++_count == 1)
            {
                _changed?.Invoke(true);
            }
        }

        return new Follower(this);
    }

    /// <summary>Tells from now on, one change after another, whether anybody follows; and at once, if somebody does. Null: tells no more.</summary>
    public void Watch(Action<bool>? changed)
    {
        lock (_gate)
        {
            _changed = changed;
            if (_count > 0)
            {
                _changed?.Invoke(true);
            }
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_count == 0)
            {
                _changed?.Invoke(false);
            }
        }
    }

    private sealed class Follower(Followers followers) : IDisposable
    {
        private Followers? _followers = followers;

        public void Dispose() => Interlocked.Exchange(ref _followers, null)?.Leave();
    }
}
