namespace CcSignal.Client;

/// <summary>There is no connection to the server.</summary>
/// <param name="url">The server's address.</param>
/// <param name="reason">Why.</param>
/// <param name="message">What happened and what to do.</param>
/// <param name="innerException">The cause.</param>
public sealed class ConnectFailedException(Uri url, ConnectFailure reason, string message, Exception? innerException = null)
    : CcSignalException(message, innerException)
{
    /// <summary>The server's address.</summary>
    public Uri Url { get; } = url;

    /// <summary>Why.</summary>
    public ConnectFailure Reason { get; } = reason;
}
