namespace CcSignal.Client;

/// <summary>
/// The server sent output that does not join on what it had sent before: a byte would be missing or come twice. That is a fault of the server, or of its
/// recording, and never happens by an interruption.
/// </summary>
/// <param name="executionId">The execution.</param>
/// <param name="lastSequence">The last sequence number that the caller was given; up to there all is well.</param>
/// <param name="what">What came.</param>
public sealed class StreamBrokenException(string executionId, long lastSequence, string what)
    : CcSignalException($"The server sent {what}: the output of execution '{executionId}' does not join on after sequence {lastSequence}.")
{
    /// <summary>The execution.</summary>
    public string ExecutionId { get; } = executionId;

    /// <summary>The last sequence number that the caller was given; up to there nothing is missing and nothing came twice.</summary>
    public long LastSequence { get; } = lastSequence;
}
