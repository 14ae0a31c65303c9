using CcSignal.Contracts;
using CcSignal.Execution.Processes;

namespace CcSignal.Execution.Admission;

/// <summary>A request with everything its profile adds: what will run, where, and within which limits.</summary>
internal sealed record ExecutionPlan
{
    /// <summary>The request, as sent.</summary>
    public required ExecutionRequest Request { get; init; }

    /// <summary>The profile's name.</summary>
    public required string Profile { get; init; }

    /// <summary>Where it runs: an absolute path, links resolved.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The whole environment of the command.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Where a bare command name is searched.</summary>
    public required string SearchPath { get; init; }

    /// <summary>Total running time.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Time without output.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Time in the queue.</summary>
    public TimeSpan? QueueTimeout { get; init; }

    /// <summary>Time without a follower.</summary>
    public TimeSpan? AbandonAfter { get; init; }

    /// <summary>Recorded bytes of both streams.</summary>
    public long? MaxOutputBytes { get; init; }

    /// <summary>The stop: each signal with the patience after it; then everything is killed.</summary>
    public required IReadOnlyList<StopStep> Stop { get; init; }

    /// <summary>How long held output is followed after the root's end.</summary>
    public required TimeSpan DrainGrace { get; init; }

    /// <summary>How long a full disk is waited for.</summary>
    public required TimeSpan DiskPatience { get; init; }

    /// <summary>Whether what outlives the root is left alone.</summary>
    public required bool KeepLeftovers { get; init; }

    /// <summary>Limits of the whole tree.</summary>
    public required ResourceLimits Limits { get; init; }

    /// <summary>How it differs from the server.</summary>
    public required Confinement Confinement { get; init; }

    /// <summary>What is started in its place, with the command behind it; empty: nothing.</summary>
    public required IReadOnlyList<string> Wrapper { get; init; }

    /// <summary>Whether it writes the files of its recording itself.</summary>
    public required bool WritesDirectly { get; init; }

    /// <summary>The size asked for each output pipe.</summary>
    public required int PipeBytes { get; init; }
}
