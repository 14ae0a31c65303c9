namespace CcSignal.Execution.History.Model;

/// <summary>The last turn that an owner was given among those of a priority.</summary>
internal sealed class QueueShareRow
{
    public required string Owner { get; init; }

    public int Priority { get; init; }

    public long Turn { get; init; }
}
