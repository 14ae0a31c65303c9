using System.ComponentModel.DataAnnotations;

namespace CcSignal.Execution.Admission;

/// <summary>How many executions a node takes.</summary>
public sealed class AdmissionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "CcSignal:Admission";

    /// <summary>Executions that may run at once; more wait in the queue. 1–100,000; default four per core.</summary>
    [Range(1, 100_000)]
    public int MaxRunning { get; set; } = 4 * Environment.ProcessorCount;

    /// <summary>Executions that may wait; one more is refused with <c>queue_full</c>. 0–10,000,000; default 10,000.</summary>
    [Range(0, 10_000_000)]
    public int MaxQueued { get; set; } = 10_000;
}
