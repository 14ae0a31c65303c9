namespace CcSignal.Load.Engine.Running;

/// <summary>The copies of a scenario; one that is free is used again, the lowest number first.</summary>
internal sealed class CopyPool(Func<int, Copy> make)
{
    private readonly Lock _lock = new();
    private readonly List<Copy> _all = [];
    private readonly PriorityQueue<Copy, int> _free = new();

    public Copy Take()
    {
        lock (_lock)
        {
            if (_free.TryDequeue(out var copy, out _))
            {
                return copy;
            }

            _all.Add(make(_all.Count));
            return _all[^1];
        }
    }

    public void Return(Copy copy)
    {
        lock (_lock)
        {
            _free.Enqueue(copy, copy.Number);
        }
    }
}
