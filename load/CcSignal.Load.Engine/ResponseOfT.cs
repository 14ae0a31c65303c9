namespace CcSignal.Load.Engine;

/// <summary>How an iteration or a step went, with what it brought.</summary>
/// <typeparam name="T">What it brings.</typeparam>
public sealed record Response<T> : IResponse
{
    /// <summary>What it brought; null: nothing.</summary>
    public Payload<T>? Payload { get; init; }

    /// <inheritdoc/>
    public string StatusCode { get; init; } = "";

    /// <inheritdoc/>
    public bool IsError { get; init; }

    /// <inheritdoc/>
    public long SizeBytes { get; init; }

    /// <inheritdoc/>
    public double CustomLatencyMs { get; init; }

    /// <inheritdoc/>
    public string Message { get; init; } = "";
}
