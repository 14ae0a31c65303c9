using System.ComponentModel.DataAnnotations;
using CcSignal.Execution.Admission;

namespace CcSignal.Execution.Retention;

/// <summary>How much of all that has ended is kept, beside what profiles say of theirs.</summary>
internal sealed class RetentionOptions : KeepOptions
{
    public const string Section = "CcSignal:Retention";

    /// <summary>How often it is looked what goes, in seconds. 1–86,400; default 60.</summary>
    [Range(1, 86_400)]
    public int IntervalSeconds { get; set; } = 60;

    /// <summary>Removes recordings of which the history knows nothing, found at the start. Default: they are told in the log and stay.</summary>
    public bool RemoveOrphans { get; set; }
}
