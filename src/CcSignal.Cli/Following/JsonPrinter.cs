using CcSignal.Cli.Terminal;
using CcSignal.Contracts;

namespace CcSignal.Cli.Following;

/// <summary>Shows events to scripts: each one as it came, a line of JSON.</summary>
internal sealed class JsonPrinter : IEventPrinter
{
    /// <inheritdoc/>
    public void Print(ExecutionEvent item) => JsonLines.Print(item);
}
