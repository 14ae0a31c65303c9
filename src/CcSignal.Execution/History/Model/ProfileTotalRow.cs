namespace CcSignal.Execution.History.Model;

/// <summary>How many executions of a profile have ended and are kept. Triggers keep it, so that retention need not count.</summary>
internal sealed class ProfileTotalRow
{
    public required string Profile { get; init; }

    public long Ended { get; init; }

    /// <summary>Of their recordings.</summary>
    public long Bytes { get; init; }
}
