namespace CcSignal.Execution.Journal;

/// <summary>
/// How far a recording goes at this moment, and the place to wait for more. One writer, any number of readers; readers never hold up the writer.
/// </summary>
internal sealed class JournalHead(JournalExtent extent)
{
    private readonly Lock _gate = new();
    private JournalExtent _extent = extent;
    private long _sequence = extent.Sequence;
    private long _lastTimestamp;

    /// <summary>Fires whenever more is recorded; the execution's other changes use it too, so that a follower waits in one place.</summary>
    public Pulse Changed { get; } = new();

    /// <summary>The last sequence number whose bytes and index record can be read.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    /// <summary>When something was recorded last, as <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long LastTimestamp => Volatile.Read(ref _lastTimestamp);

    /// <summary>Sequence and sizes of one moment.</summary>
    public JournalExtent Extent
    {
        get
        {
            lock (_gate)
            {
                return _extent;
            }
        }
    }

    /// <summary>Says that this much can be read, and wakes who waits for it.</summary>
    public void Publish(JournalExtent extent, long timestamp)
    {
        lock (_gate)
        {
            _extent = extent;
        }

        Volatile.Write(ref _lastTimestamp, timestamp);
        Volatile.Write(ref _sequence, extent.Sequence);
        Changed.Fire();
    }
}
