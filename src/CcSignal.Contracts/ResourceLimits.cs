namespace CcSignal.Contracts;

/// <summary>Limits of a whole process tree; a null one is the profile's.</summary>
public sealed record ResourceLimits
{
    /// <summary>Memory of the tree in bytes.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Processes and threads of the tree.</summary>
    public int? Processes { get; init; }

    /// <summary>Open files of each process (RLIMIT_NOFILE, getrlimit(2)).</summary>
    public int? OpenFiles { get; init; }

    /// <summary>CPU time of the tree in seconds.</summary>
    public double? CpuSeconds { get; init; }
}
