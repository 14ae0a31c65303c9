namespace CcSignal.Load.Engine;

/// <summary>Thrown by an iteration or a step that shall not be counted, as a wait for a push when the run is over.</summary>
public sealed class IgnoreMeasurementException : Exception
{
    /// <summary>Without a word.</summary>
    public IgnoreMeasurementException()
        : base("This measurement is to be ignored.")
    {
    }

    /// <summary>With a reason.</summary>
    public IgnoreMeasurementException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and what caused it.</summary>
    public IgnoreMeasurementException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
