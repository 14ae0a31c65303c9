namespace CcSignal.Contracts;

/// <summary>Facts that an adapter read from an agent's output, beside the recorded bytes; what was not seen is null.</summary>
public sealed record AgentInfo
{
    /// <summary>The adapter that read them, e.g. <c>claude</c>.</summary>
    public required string Adapter { get; init; }

    /// <summary>The agent's own session, to resume it by.</summary>
    public string? SessionId { get; init; }

    /// <summary>The model it said it uses.</summary>
    public string? Model { get; init; }

    /// <summary>Turns taken.</summary>
    public int? Turns { get; init; }

    /// <summary>Tokens read.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Tokens written.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Cost in US dollars, as the agent reports it.</summary>
    public double? CostUsd { get; init; }
}
