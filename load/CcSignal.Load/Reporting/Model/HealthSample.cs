namespace CcSignal.Load.Reporting.Model;

/// <summary>Server and client at one second. What could not be seen is null.</summary>
internal sealed record HealthSample
{
    /// <summary>Seconds after the run began.</summary>
    public required double Second { get; init; }

    /// <summary>Of one core.</summary>
    public double? ServerCpuPercent { get; init; }

    public double? ServerMemoryMb { get; init; }

    public int? ServerThreads { get; init; }

    public int? ServerDescriptors { get; init; }

    /// <summary>Of all generations, in this second.</summary>
    public double? ServerCollections { get; init; }

    /// <summary>How long they stopped the server in this second.</summary>
    public double? ServerPauseMs { get; init; }

    /// <summary>Its managed heap.</summary>
    public double? ServerHeapMb { get; init; }

    /// <summary>Work items that wait for its thread pool.</summary>
    public double? ServerQueue { get; init; }

    /// <summary>Commands of the server that this run follows.</summary>
    public required int Executions { get; init; }

    public required int Connections { get; init; }

    /// <summary>Of all cores.</summary>
    public required double ClientCpuPercent { get; init; }

    public required double ClientMemoryMb { get; init; }

    /// <summary>The most that a timer of this second came late.</summary>
    public required double ClientTimerLagMs { get; init; }

    public required long ClientQueue { get; init; }

    public required int ClientCollections { get; init; }
}
