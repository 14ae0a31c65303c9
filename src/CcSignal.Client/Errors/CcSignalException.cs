namespace CcSignal.Client;

/// <summary>Whatever goes wrong between this program and a CcSignal server. What happens to a command is never an exception.</summary>
public class CcSignalException : Exception
{
    /// <summary>An error without words.</summary>
    public CcSignalException()
    {
    }

    /// <summary>An error in words.</summary>
    /// <param name="message">What happened and what to do.</param>
    public CcSignalException(string message)
        : base(message)
    {
    }

    /// <summary>An error in words, with its cause.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public CcSignalException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
