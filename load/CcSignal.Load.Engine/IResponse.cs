namespace CcSignal.Load.Engine;

/// <summary>How an iteration or a step went.</summary>
public interface IResponse
{
    /// <summary>A short code under which it is counted.</summary>
    string StatusCode { get; }

    /// <summary>Whether it failed.</summary>
    bool IsError { get; }

    /// <summary>Bytes it moved.</summary>
    long SizeBytes { get; }

    /// <summary>Its latency as the scenario measured it, in milliseconds; 0: the engine's own clock counts.</summary>
    double CustomLatencyMs { get; }

    /// <summary>A sentence for people.</summary>
    string Message { get; }
}
