namespace CcSignal.Execution;

/// <summary>A call that the caller got wrong or may not make. The edge turns it into the contract's error; it is never logged as a fault.</summary>
/// <param name="code">One of <see cref="Contracts.ErrorCodes"/>.</param>
/// <param name="message">A sentence for people: what was wrong, where, and what to do.</param>
internal sealed class RefusedException(string code, string message) : Exception(message)
{
    /// <summary>One of <see cref="Contracts.ErrorCodes"/>.</summary>
    public string Code { get; } = code;
}
