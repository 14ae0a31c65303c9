using CcSignal.Contracts;

namespace CcSignal.Client;

/// <summary>The server refused a call; nothing has changed by it.</summary>
/// <param name="code">Why, as a word of <see cref="ErrorCodes"/>.</param>
/// <param name="message">The server's sentence.</param>
/// <param name="innerException">The hub's error.</param>
public sealed class CallRefusedException(string code, string message, Exception? innerException = null)
    : CcSignalException(message, innerException)
{
    /// <summary>Why: one of <see cref="ErrorCodes"/>, e.g. <see cref="ErrorCodes.NotFound"/>.</summary>
    public string Code { get; } = code;
}
