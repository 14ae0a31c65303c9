namespace CcSignal.Execution.Queueing;

/// <summary>
/// How fast a queue is served, from when it last began to be one: what is taken into free places at once says nothing of those who wait for a place.
/// </summary>
internal sealed class QueuePace(TimeProvider time)
{
    /// <summary>Fewer tell no pace.</summary>
    public const int Fewest = 3;

    /// <summary>What was taken before the last so many is forgotten.</summary>
    public const int Most = 64;

    private readonly Lock _gate = new();
    private readonly Queue<long> _taken = new();
    private bool _waits;
    private long _since;

    /// <summary>So many wait now.</summary>
    public void Waiting(int count)
    {
        lock (_gate)
        {
            if (count > 0 && !_waits)
            {
                _taken.Clear();
                _since = time.GetTimestamp();
            }

            _waits = count > 0;
        }
    }

    /// <summary>So many were taken now.</summary>
    public void Taken(int count)
    {
        lock (_gate)
        {
            for (var left = _waits ? count : 0; left > 0; left--)
            {
                _taken.Enqueue(time.GetTimestamp());
                if (_taken.Count > Most)
                {
                    _since = _taken.Dequeue();
                }
            }
        }
    }

    /// <summary>When the one at this place, from 1, is taken at that pace, Unix milliseconds; null: too few were taken to tell, or it has no place.</summary>
    public long? ExpectedStartOf(int? place)
    {
        lock (_gate)
        {
            return place is { } turns && _waits && _taken.Count >= Fewest
                ? (time.GetUtcNow() + (time.GetElapsedTime(_since) / _taken.Count * turns)).ToUnixTimeMilliseconds()
                : null;
        }
    }
}
