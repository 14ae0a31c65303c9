namespace CcSignal.Execution.History.Model;

/// <summary>One execution. Small columns first, so that looking at one does not read the long ones.</summary>
internal sealed class ExecutionRow : INumbered
{
    public long Number { get; init; }

    public required string Id { get; init; }

    public required string Owner { get; init; }

    public required string Profile { get; init; }

    /// <summary>One of <see cref="StoredState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why it ended, as the wire names it.</summary>
    public string? Cause { get; init; }

    public int Shard { get; init; }

    /// <summary>Who has taken it last: the node, its epoch, and the proof of ownership.</summary>
    public int? Node { get; init; }

    public long? Epoch { get; init; }

    public long? Token { get; init; }

    public int Attempt { get; init; }

    public string? ExclusiveKey { get; init; }

    public long QueuedAt { get; init; }

    public long? StartedAt { get; init; }

    public long? EndedAt { get; init; }

    public int? ProcessId { get; init; }

    public long? ProcessStart { get; init; }

    public string? BootId { get; init; }

    /// <summary><see cref="RequestFingerprint"/> of the request.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>What a server that inherits it needs of the request (<see cref="RequestTerms"/>); gone when it has ended.</summary>
    public string? Terms { get; init; }

    /// <summary>The <see cref="Contracts.ExecutionInfo"/> as accepted, and as final once it has ended; in between the columns say more.</summary>
    public required string Info { get; init; }

    /// <summary>Bytes of its recording, output and index, once it has ended: as they lie on the disk.</summary>
    public long RecordedBytes { get; init; }

    /// <summary>Its recording was compressed, or will not be because that does not pay.</summary>
    public bool CompressionTried { get; init; }
}
