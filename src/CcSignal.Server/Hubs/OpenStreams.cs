using CcSignal.Contracts;

namespace CcSignal.Server.Hubs;

/// <summary>The streams one connection has open. SignalR itself counts none: 3,000 on one connection were taken without a word.</summary>
internal sealed class OpenStreams
{
    private int _count;

    public bool TryOpen()
    {
        if (Interlocked.Increment(ref _count) <= Limits.MaxStreamsPerConnection)
        {
            return true;
        }

        Close();
        return false;
    }

    public void Close() => Interlocked.Decrement(ref _count);
}
