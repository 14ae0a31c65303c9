namespace CcSignal.Contracts;

/// <summary>Which executions; every field given must match.</summary>
public sealed record ExecutionQuery
{
    /// <summary>In one of these states.</summary>
    public IReadOnlyList<ExecutionState>? States { get; init; }

    /// <summary>Under this profile.</summary>
    public string? Profile { get; init; }

    /// <summary>Of this owner. Without the right to see others it is always the caller.</summary>
    public string? Owner { get; init; }

    /// <summary><c>name</c> or <c>name=value</c>.</summary>
    public string? Tag { get; init; }

    /// <summary>Any part of the command line (command and arguments joined by spaces), without case.</summary>
    public string? Command { get; init; }

    /// <summary>Ended for one of these causes.</summary>
    public IReadOnlyList<EndCause>? Causes { get; init; }

    /// <summary>Accepted at or after, Unix milliseconds.</summary>
    public long? Since { get; init; }

    /// <summary>Accepted before, Unix milliseconds.</summary>
    public long? Until { get; init; }

    /// <summary>At most so many in a page, 1–<see cref="Limits.MaxPage"/>.</summary>
    public int Limit { get; init; } = Defaults.Page;

    /// <summary>The <see cref="ExecutionPage.Next"/> of the page before.</summary>
    public string? After { get; init; }
}
