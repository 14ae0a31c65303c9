namespace CcSignal.Load.Streams;

/// <summary>How much of everything.</summary>
internal sealed record StreamsSizes
{
    /// <summary>Followers of one execution.</summary>
    public required int Followers { get; init; }

    /// <summary>What it writes.</summary>
    public required long FanOutBytes { get; init; }

    /// <summary>Executions that write a line a second.</summary>
    public required int Executions { get; init; }

    /// <summary>For so long.</summary>
    public required int Seconds { get; init; }

    /// <summary>Streams of one connection that flood.</summary>
    public required int Floods { get; init; }

    /// <summary>Calls beside them.</summary>
    public required int Calls { get; init; }

    /// <summary>What is written beside a reader who stands still.</summary>
    public required long StalledBytes { get; init; }

    /// <summary>Who reads it at full speed.</summary>
    public required int Readers { get; init; }

    /// <summary>What is recorded and then read again.</summary>
    public required long ReplayBytes { get; init; }
}
