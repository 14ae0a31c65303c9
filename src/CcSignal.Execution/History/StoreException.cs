namespace CcSignal.Execution.History;

/// <summary>The store cannot do what it was asked. The message names the file and the cure.</summary>
/// <param name="fault">What kind of trouble.</param>
/// <param name="message">What happened, to which file, and what to do.</param>
/// <param name="inner">What the database or the system said.</param>
internal sealed class StoreException(StoreFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of trouble.</summary>
    public StoreFault Fault { get; } = fault;
}
