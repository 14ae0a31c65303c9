namespace CcSignal.Execution.History.Model;

/// <summary>How many entries of one priority wait. Triggers keep it, so that a full queue is known without counting it.</summary>
internal sealed class QueueLengthRow
{
    public int Priority { get; init; }

    public int Waiting { get; init; }
}
