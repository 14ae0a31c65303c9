namespace CcSignal.Contracts;

/// <summary>What is in force on a server's machine.</summary>
public sealed record ServerFeatures
{
    /// <summary><c>linux</c> (own session, signals told from exit codes) or <c>portable</c>.</summary>
    public required string Launcher { get; init; }

    /// <summary>Whether running commands survive the server's own end.</summary>
    public required bool Keeper { get; init; }

    /// <summary>The control group of each execution: <c>none</c>, <c>v1</c> or <c>v2</c>.</summary>
    public required string Cgroup { get; init; }

    /// <summary>Whether commands can have a pseudo-terminal.</summary>
    public required bool Terminals { get; init; }

    /// <summary>Which fields of a request that limit it are in force, e.g. <c>timeoutSeconds</c>.</summary>
    public required IReadOnlyList<string> Limits { get; init; }
}
