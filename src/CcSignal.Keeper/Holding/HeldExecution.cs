using CcSignal.Keeper.Wire;

namespace CcSignal.Keeper.Holding;

/// <summary>What is kept of one execution.</summary>
/// <param name="number">Its key.</param>
internal sealed class HeldExecution(long number)
{
    /// <summary>Its key.</summary>
    public long Number { get; } = number;

    /// <summary>Its process; 0: the server did not say it, or died before.</summary>
    public int ProcessId { get; set; }

    /// <summary>When it started, Unix milliseconds; 0: not known.</summary>
    public long StartedAt { get; set; }

    /// <summary>How its process ended.</summary>
    public ExitStatus? Status { get; set; }

    /// <summary>Whether the living server knows the status.</summary>
    public bool IsStatusTold { get; set; }

    /// <summary>Its descriptors; this process's own.</summary>
    public List<HeldDescriptor> Descriptors { get; } = [];

    /// <summary>All of it in a message.</summary>
    public KeeperMessage Tell(MessageKind kind, bool withDescriptors) => new()
    {
        Kind = kind,
        Number = Number,
        ProcessId = ProcessId,
        StartedAt = StartedAt,
        Status = Status,
        Roles = withDescriptors ? KeeperMessage.Pack([.. Descriptors.Select(held => held.Role)]) : 0,
    };
}
