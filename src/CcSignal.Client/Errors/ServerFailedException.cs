namespace CcSignal.Client;

/// <summary>
/// The server could not answer a call, for a reason that is not the caller's: a fault, or a server that does not know the method.
/// </summary>
/// <param name="method">The hub method.</param>
/// <param name="message">The server's words.</param>
/// <param name="innerException">The hub's error.</param>
public sealed class ServerFailedException(string method, string message, Exception? innerException = null)
    : CcSignalException($"The server failed to answer '{method}': {message}", innerException)
{
    /// <summary>The hub method that was called.</summary>
    public string Method { get; } = method;
}
