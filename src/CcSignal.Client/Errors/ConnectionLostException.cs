namespace CcSignal.Client;

/// <summary>
/// The connection ended before the answer or before the execution's <c>ended</c> event, and did not come back: the
/// <see cref="ReconnectPolicy"/> is exhausted, or the server knows the caller no more. The execution itself goes on: follow it again from <see cref="LastSequence"/> + 1, and nothing is lost or comes twice.
/// </summary>
/// <param name="executionId">The execution concerned, if one is.</param>
/// <param name="lastSequence">The last sequence number the caller was given; 0 before the first output.</param>
/// <param name="message">What happened and what to do.</param>
/// <param name="innerException">The cause.</param>
public sealed class ConnectionLostException(string? executionId, long lastSequence, string message, Exception? innerException = null)
    : CcSignalException(message, innerException)
{
    /// <summary>The execution that was started or followed; null where the call concerned none.</summary>
    public string? ExecutionId { get; } = executionId;

    /// <summary>The last sequence number that the caller was given; 0 before the first output.</summary>
    public long LastSequence { get; } = lastSequence;
}
