namespace CcSignal.Execution.History.Model;

/// <summary>How many entries of one priority wait. Triggers keep it, so that a full queue is known without counting it.</summary>
internal sealed class QueueLengthRow
{
    public int Priority { get; init; }

    public int Waiting { get; init; }

    /// <summary>The highest turn that was served.</summary>
    public long Clock { get; init; }
}
