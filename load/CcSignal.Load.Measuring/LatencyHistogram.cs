using System.Numerics;

namespace CcSignal.Load.Measuring;

/// <summary>
/// Times counted in buckets of which none is wider than a thousandth of what it holds, in units of 100 ns and without an upper bound (the idea of HdrHistogram).
/// Count, least, most, mean and deviation are exact. Not for several threads at once: who shares it locks.
/// </summary>
public sealed class LatencyHistogram
{
    // A range of 1,024 equal buckets for each doubling: half a bucket is at most 1/2048 of a value in it.
    private const int Halves = 10;

    private long[] _counts = [];
    private double _sum;
    private double _sumOfSquares;
    private long _least = long.MaxValue;
    private long _most;

    /// <summary>How many were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The least, or zero while there is none.</summary>
    public TimeSpan Least => Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(_least);

    /// <summary>The most.</summary>
    public TimeSpan Most => TimeSpan.FromTicks(_most);

    /// <summary>The mean, or zero while there is none.</summary>
    public TimeSpan Mean => Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks((long)Math.Round(_sum / Count));

    /// <summary>The standard deviation of what was recorded, or zero while there is none.</summary>
    public TimeSpan Deviation =>
        Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks((long)Math.Sqrt(Math.Max(0, _sumOfSquares / Count - Math.Pow(_sum / Count, 2))));

    /// <summary>Counts a time; one below zero counts as zero.</summary>
    public void Record(TimeSpan time)
    {
        var ticks = Math.Max(0, time.Ticks);
        var index = IndexOf(ticks);
        if (index >= _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(index + 1, _counts.Length * 2));
        }

        _counts[index]++;
        Count++;
        _sum += ticks;
        _sumOfSquares += (double)ticks * ticks;
        _least = Math.Min(_least, ticks);
        _most = Math.Max(_most, ticks);
    }

    /// <summary>Counts all of another's times too.</summary>
    public void Add(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._counts.Length > _counts.Length)
        {
            Array.Resize(ref _counts, other._counts.Length);
        }

        for (var index = 0; index < other._counts.Length; index++)
        {
            _counts[index] += other._counts[index];
        }

        Count += other.Count;
        _sum += other._sum;
        _sumOfSquares += other._sumOfSquares;
        _least = Math.Min(_least, other._least);
        _most = Math.Max(_most, other._most);
    }

    /// <summary>The time that so many per cent are not above (nearest rank), within a thousandth.</summary>
    /// <exception cref="InvalidOperationException">Nothing was recorded.</exception>
    public TimeSpan At(double percent)
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("There is no percentile of nothing.");
        }

        var rank = Math.Clamp((long)Math.Ceiling(percent / 100 * Count - 1e-9), 1, Count);
        long seen = 0;
        for (var index = 0; index < _counts.Length; index++)
        {
            seen += _counts[index];
            if (seen >= rank)
            {
                return TimeSpan.FromTicks(Math.Clamp((LowestOf(index) + HighestOf(index)) / 2, _least, _most));
            }
        }

        return Most;
    }

    /// <summary>The buckets that hold something, upwards: the most a time in it can be, and how many there are.</summary>
    public IEnumerable<(TimeSpan Highest, long Count)> Buckets()
    {
        for (var index = 0; index < _counts.Length; index++)
        {
            if (_counts[index] > 0)
            {
                yield return (TimeSpan.FromTicks(HighestOf(index)), _counts[index]);
            }
        }
    }

    /// <summary>Forgets everything, and keeps its memory.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        (Count, _sum, _sumOfSquares, _least, _most) = (0, 0, 0, long.MaxValue, 0);
    }

    private static int IndexOf(long ticks)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)ticks) - Halves);
        return (shift << Halves) + (int)(ticks >> shift);
    }

    private static int ShiftOf(int index) => Math.Max(0, (index >> Halves) - 1);

    private static long LowestOf(int index) => (long)(index - (ShiftOf(index) << Halves)) << ShiftOf(index);

    private static long HighestOf(int index) => LowestOf(index) + (1L << ShiftOf(index)) - 1;
}
