namespace CcSignal.Load.Faults;

/// <summary>What happens to one connection. Without any of it, the bytes pass.</summary>
public sealed record FaultPlan
{
    /// <summary>Every byte passes.</summary>
    public static FaultPlan None { get; } = new();

    /// <summary>Where it is cut; null: nowhere.</summary>
    public Cut? Cut { get; init; }

    /// <summary>How much later each byte arrives, each way. Up to 1 MiB is on its way at once.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>At most so many bytes pass in a second, each way; null: as many as come.</summary>
    public long? BytesPerSecond { get; init; }
}
