using System.ComponentModel.DataAnnotations;

namespace CcSignal.Execution.Journal;

/// <summary>Where recordings go.</summary>
internal sealed class JournalOptions
{
    public const string Section = "CcSignal:Journal";

    /// <summary>With less room on the disk of the data directory nothing new is started, in bytes. 0 and more; default 64 MiB.</summary>
    [Range(0, long.MaxValue)]
    public long MinFreeBytes { get; set; } = 64 * 1024 * 1024;
}
