using CcSignal.Contracts;

namespace CcSignal.Cli.Following;

/// <summary>Shows the events of an execution.</summary>
internal interface IEventPrinter
{
    /// <summary>Shows one.</summary>
    void Print(ExecutionEvent item);
}
