using System.ComponentModel.DataAnnotations;

namespace CcSignal.Execution.Journal;

/// <summary>Where recordings go, and in which form they stay.</summary>
internal sealed class JournalOptions
{
    public const string Section = "CcSignal:Journal";

    /// <summary>With less room on the disk of the data directory nothing new is started, in bytes. 0 and more; default 64 MiB.</summary>
    [Range(0, long.MaxValue)]
    public long MinFreeBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>So many seconds after its end a recording is compressed, 0–3,153,600,000 (100 years). Default: never.</summary>
    [Range(0.0, 3_153_600_000.0)]
    public double? CompressAfterSeconds { get; set; }
}
