using System.Security.Cryptography;
using CcSignal.Client;

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

    /// <summary>The hub protocol of every connection.</summary>
    public WireFormat Format { get; init; } = WireFormat.MessagePack;

    /// <summary>Of every random choice.</summary>
    public int Seed { get; init; } = RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>Where the report goes; null: only the verdict is printed.</summary>
    public string? ReportFolder { get; init; }

    public string? Baseline { get; init; }

    /// <summary>How long scenarios of a set length take; null: each its own.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>A factor on counts.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Rounds of the comparison; null: as many as it says.</summary>
    public int? Rounds { get; init; }

    /// <summary>Output of one command where the comparison measures throughput; null: as much as it says.</summary>
    public long? Bytes { get; init; }

    /// <summary>Commands behind each figure of the comparison's starts and first bytes; null: as many as it says.</summary>
    public int? Starts { get; init; }

    /// <summary>The words of the command line, without the token.</summary>
    public string Said { get; init; } = "";
}
