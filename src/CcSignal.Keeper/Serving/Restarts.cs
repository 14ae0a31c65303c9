namespace CcSignal.Keeper.Serving;

/// <summary>How long to wait before a server that failed is started again: not at all after one that had served, longer and longer after those that had not.</summary>
internal sealed class Restarts
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private TimeSpan _last;

    /// <summary>The wait after a life.</summary>
    /// <param name="served">It came so far as to serve.</param>
    /// <param name="life">How long it lived.</param>
    public TimeSpan After(bool served, TimeSpan life)
    {
        _last = served && life >= Shortest ? TimeSpan.Zero
            : _last == TimeSpan.Zero ? Shortest
            : _last * 2 < Longest ? _last * 2
            : Longest;
        return _last;
    }
}
