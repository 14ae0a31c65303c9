using System.ComponentModel.DataAnnotations;

namespace CcSignal.Execution.Admission;

/// <summary>How much of what has ended is kept, of one profile (<c>CcSignal:Profiles:&lt;name&gt;:Retention</c>) or of all. What goes, goes as a whole, the oldest first.</summary>
public class KeepOptions
{
    /// <summary>Days after its end, fractions too, 0.00001–36,500. Default: for ever.</summary>
    [Range(0.00001, 36_500)]
    public double? MaxAgeDays { get; set; }

    /// <summary>Executions that have ended, 0 and more. Default: any number.</summary>
    [Range(0, long.MaxValue)]
    public long? MaxExecutions { get; set; }

    /// <summary>Bytes of their recordings, output and index, 0 and more. Default: any number.</summary>
    [Range(0, long.MaxValue)]
    public long? MaxBytes { get; set; }
}
