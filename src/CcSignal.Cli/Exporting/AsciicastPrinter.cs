using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CcSignal.Cli.Following;
using CcSignal.Cli.Terminal;
using CcSignal.Cli.Wording;
using CcSignal.Contracts;

namespace CcSignal.Cli.Exporting;

/// <summary>
/// A terminal's recording as asciicast v2 (https://docs.asciinema.org/manual/asciicast/v2/), which asciinema plays. Its size is the one that the terminal has now, or
/// had last: a recording does not know when it changed.
/// </summary>
internal sealed class AsciicastPrinter : IEventPrinter
{
    private const double MillisecondsPerSecond = 1000;

    // Any text may stand in a JSON string; what a terminal shows is easier to read as it is.
    private static readonly JsonSerializerOptions _asItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // A character may be cut by the end of a piece: its beginning waits here for the rest.
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private long _began;
    private long _at;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The execution has no terminal.</exception>
    public void Print(ExecutionEvent item)
    {
        switch (item.Kind)
        {
            case EventKind.Snapshot:
                PrintHeader(item.Info!);
                break;
            case EventKind.Output:
                _at = Math.Max(_at, item.At!.Value);
                PrintText(item.Data!.Value.Span, flush: false);
                break;
            default:
                break;
        }
    }

    /// <summary>Prints what still waits: the beginning of a character that never ended.</summary>
    public void End() => PrintText([], flush: true);

    private void PrintHeader(ExecutionInfo info)
    {
        var size = info.Terminal ?? throw new ArgumentException($"'{info.Id}' did not run on a terminal: there is nothing to play. Its bytes: ccsignal logs {info.Id}");
        _at = _began = info.StartedAt ?? info.QueuedAt;
        PrintLine(new
        {
            version = 2,
            width = size.Columns,
            height = size.Rows,
            timestamp = _began / (long)MillisecondsPerSecond,
            title = Printable.CommandLine(info.Command, info.Arguments),
        });
    }

    private void PrintText(ReadOnlySpan<byte> bytes, bool flush)
    {
        var text = new char[_decoder.GetCharCount(bytes, flush)];
        _decoder.GetChars(bytes, text, flush);
        if (text.Length > 0)
        {
            PrintLine(new object[] { Math.Max(0, _at - _began) / MillisecondsPerSecond, "o", new string(text) });
        }
    }

    private static void PrintLine<T>(T line) =>
        StandardStream.Output.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{JsonSerializer.Serialize(line, _asItIs)}\n")));
}
