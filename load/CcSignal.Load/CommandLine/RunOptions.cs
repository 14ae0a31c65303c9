using System.Security.Cryptography;

namespace CcSignal.Load.CommandLine;

/// <summary>What a run is asked for.</summary>
internal sealed record RunOptions
{
    /// <summary>A profile, or names of scenarios.</summary>
    public IReadOnlyList<string> What { get; init; } = ["smoke"];

    /// <summary>An existing server; null: one of its own.</summary>
    public Uri? Url { get; init; }

    public string? Token { get; init; }

    /// <summary>A real agent CLI in place of the child that plays one.</summary>
    public string? Agent { get; init; }

    /// <summary>Of every random choice.</summary>
    public int Seed { get; init; } = RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>Where the report goes; null: only the verdict is printed.</summary>
    public string? ReportFolder { get; init; }

    public string? Baseline { get; init; }

    /// <summary>How long scenarios of a set length take; null: each its own.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>A factor on counts.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The words of the command line, without the token.</summary>
    public string Said { get; init; } = "";
}
