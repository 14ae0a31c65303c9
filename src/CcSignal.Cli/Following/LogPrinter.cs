using CcSignal.Contracts;

namespace CcSignal.Cli.Following;

/// <summary>Shows only what was written, one stream or both.</summary>
internal sealed class LogPrinter(bool onlyOutput, bool onlyError) : IEventPrinter
{
    private readonly BytesPrinter _both = new(quiet: true, TimeProvider.System);

    /// <inheritdoc/>
    public void Print(ExecutionEvent item)
    {
        if (onlyOutput == onlyError)
        {
            _both.Print(item);
        }
        else if (item.Stream == (onlyError ? OutputStream.Stderr : OutputStream.Stdout))
        {
            // The one stream asked for is this program's output, ready for a pipe or a file.
            _both.Print(item.Kind == EventKind.Output ? item with { Stream = OutputStream.Stdout } : item);
        }
    }
}
