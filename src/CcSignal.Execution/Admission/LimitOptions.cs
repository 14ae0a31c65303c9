using System.ComponentModel.DataAnnotations;

namespace CcSignal.Execution.Admission;

/// <summary>Limits of a command's whole tree: <c>CcSignal:Profiles:&lt;name&gt;:Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Memory in bytes, 1 MiB and more.</summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long? MemoryBytes { get; set; }

    /// <summary>Processes and threads at once, 1 and more.</summary>
    [Range(1, int.MaxValue)]
    public int? Processes { get; set; }

    /// <summary>Open files of each process, 3 and more.</summary>
    [Range(3, int.MaxValue)]
    public int? OpenFiles { get; set; }

    /// <summary>Processor time in seconds.</summary>
    [Range(0.001, 31_536_000)]
    public double? CpuSeconds { get; set; }
}
