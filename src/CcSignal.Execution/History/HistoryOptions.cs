using System.ComponentModel.DataAnnotations;

namespace CcSignal.Execution.History;

/// <summary>How the store of executions writes and reads.</summary>
internal sealed class HistoryOptions
{
    public const string Section = "CcSignal:History";

    /// <summary>What a recorded start or end survives: <c>Process</c> (default) or <c>Power</c>, which costs one disk flush per group of writes.</summary>
    [EnumDataType(typeof(Durability))]
    public Durability Durability { get; set; } = Durability.Process;

    /// <summary>Writes that may wait for the writer; a further one waits for room. 16–65,536; default 1,024.</summary>
    [Range(16, 65_536)]
    public int MaxPendingWrites { get; set; } = 1024;

    /// <summary>Executions that one page of a list looks at, at most, before it ends short and still has a next. 500–1,000,000; default 20,000.</summary>
    [Range(500, 1_000_000)]
    public int ScanBudget { get; set; } = 20_000;

    /// <summary>What waits rises by one step of priority after so many seconds, and again, while others of a higher one wait. 1–86,400; default 60.</summary>
    [Range(1, 86_400)]
    public int AgeingSeconds { get; set; } = 60;
}
