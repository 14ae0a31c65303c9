namespace CcSignal.Contracts;

/// <summary>What a server is, allows and has in force.</summary>
public sealed record ServerInfo
{
    /// <summary>Of the server's software.</summary>
    public required string Version { get; init; }

    /// <summary>The node's name.</summary>
    public required string Node { get; init; }

    /// <summary>The server's own process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The process that holds its commands over a restart; null: there is none.</summary>
    public int? KeeperProcessId { get; init; }

    /// <summary>When it started, Unix milliseconds.</summary>
    public required long StartedAt { get; init; }

    /// <summary>The limits in force.</summary>
    public required ServerLimits Limits { get; init; }

    /// <summary>The profiles that the caller may use.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>What is in force on this machine.</summary>
    public required ServerFeatures Features { get; init; }
}
