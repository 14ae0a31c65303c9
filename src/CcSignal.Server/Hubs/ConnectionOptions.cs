using System.ComponentModel.DataAnnotations;

namespace CcSignal.Server.Hubs;

/// <summary>How many connections the server takes, and how long it waits for them. The contract's own limits stand in <see cref="Contracts.Limits"/>.</summary>
internal sealed class ConnectionOptions
{
    public const string Section = "CcSignal:Connections";

    /// <summary>Connections open at once, of any kind. 1–1,000,000; default 20,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Of those, hub connections. 1–1,000,000; default 16,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxHubConnections { get; set; } = 16_000;

    /// <summary>Of those, hub connections of one caller. 1–1,000,000; default 4,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxHubConnectionsPerCaller { get; set; } = 4_000;

    /// <summary>Seconds in which a client must have taken what was sent to it last, 256 KiB at most. 5–3,600; default 30.</summary>
    [Range(5, 3600)]
    public int SendTimeoutSeconds { get; set; } = 30;
}
