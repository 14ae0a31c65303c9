namespace CcSignal.Execution.History;

/// <summary>Gives the numbers of one node: strictly rising, from any thread, also when the clock is set back.</summary>
internal sealed class NumberSource
{
    private readonly TimeProvider _time;
    private readonly int _node;
    private long _last;

    /// <param name="time">The wall clock.</param>
    /// <param name="node">0–<see cref="ExecutionNumber.MaxNode"/>.</param>
    /// <param name="after">The highest number given before, e.g. by the process that ran here before a restart; 0: none.</param>
    public NumberSource(TimeProvider time, int node, long after = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(node);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(node, ExecutionNumber.MaxNode);
        _time = time;
        _node = node;
        _last = ExecutionNumber.TicksOf(after);
    }

    /// <summary>The next number. When a millisecond's 4,096 are used up, or the clock stands behind, it borrows from the time to come.</summary>
    public long Next()
    {
        while (true)
        {
            var seen = Volatile.Read(ref _last);
            var now = ExecutionNumber.TicksOf(ExecutionNumber.FirstAt(_time.GetUtcNow().ToUnixTimeMilliseconds()));
            var next = Math.Max(now, seen + 1);
            if (Interlocked.CompareExchange(ref _last, next, seen) == seen)
            {
                return ExecutionNumber.From(next, _node);
            }
        }
    }
}
