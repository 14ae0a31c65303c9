namespace CcSignal.Contracts;

/// <summary>The limits a server enforces.</summary>
public sealed record ServerLimits
{
    /// <summary>Executions that run at once; more wait in the queue.</summary>
    public required int MaxRunning { get; init; }

    /// <summary>Executions that may wait; one more is refused with <see cref="ErrorCodes.QueueFull"/>.</summary>
    public required int MaxQueued { get; init; }

    /// <summary>The largest message a client may send, in bytes.</summary>
    public required int MaxMessageBytes { get; init; }

    /// <summary>The largest piece of input, in bytes.</summary>
    public required int MaxInputChunkBytes { get; init; }

    /// <summary>The largest piece of output the server sends, in bytes.</summary>
    public required int MaxOutputChunkBytes { get; init; }

    /// <summary>Streams open at once on one connection; one more is refused with <see cref="ErrorCodes.TooManyStreams"/>.</summary>
    public required int MaxStreamsPerConnection { get; init; }

    /// <summary>Arguments of one command.</summary>
    public required int MaxArguments { get; init; }
}
