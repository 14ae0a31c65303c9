using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Subscriptions;

/// <summary>How much one subscription may have sent and not acknowledged. The stream sends, the connection's <c>Ack</c> calls free.</summary>
/// <param name="bytes">The window; 0: no limit but the transport's.</param>
internal sealed class Window(long bytes)
{
    private readonly Lock _gate = new();
    private readonly Queue<(long Sequence, int Bytes)> _sent = new();
    private long _outstanding;

    /// <summary>Fires when something was acknowledged.</summary>
    public Pulse Freed { get; } = new();

    /// <summary>Counts the acknowledgements, so that one that came before the waiting began is not missed.</summary>
    public int Acknowledgements { get; private set; }

    /// <summary>Bytes that may be sent now; never more than <paramref name="most"/>.</summary>
    public int Room(int most)
    {
        if (bytes == 0)
        {
            return most;
        }

        lock (_gate)
        {
            return (int)Math.Min(most, bytes - _outstanding);
        }
    }

    /// <summary>So many bytes, ending with this sequence number, are on their way.</summary>
    public void Sent(long sequence, int count)
    {
        if (bytes > 0)
        {
            lock (_gate)
            {
                _sent.Enqueue((sequence, count));
                _outstanding += count;
            }
        }
    }

    /// <summary>Everything up to this sequence number was consumed; one not sent yet frees nothing more than what was.</summary>
    public void Acknowledge(long sequence)
    {
        lock (_gate)
        {
            while (_sent.TryPeek(out var first) && first.Sequence <= sequence)
            {
                _outstanding -= _sent.Dequeue().Bytes;
            }

            Acknowledgements++;
        }

        Freed.Fire();
    }
}
