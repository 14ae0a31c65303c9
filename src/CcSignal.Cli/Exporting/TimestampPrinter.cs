using System.Globalization;
using System.Text;
using CcSignal.Cli.Following;
using CcSignal.Contracts;

namespace CcSignal.Cli.Exporting;

/// <summary>Puts before each line when its first byte was recorded: ISO 8601, UTC, milliseconds.</summary>
/// <param name="inner">Prints the lines.</param>
internal sealed class TimestampPrinter(IEventPrinter inner) : IEventPrinter
{
    private readonly bool[] _inLine = new bool[2];

    /// <inheritdoc/>
    public void Print(ExecutionEvent item) =>
        inner.Print(item is { Kind: EventKind.Output, Data: { } data, At: { } at }
            ? item with { Data = Stamp(data.Span, at, ref _inLine[item.Stream == OutputStream.Stderr ? 1 : 0]) }
            : item);

    private static byte[] Stamp(ReadOnlySpan<byte> bytes, long at, ref bool inLine)
    {
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z '", CultureInfo.InvariantCulture);
        var stamp = Encoding.ASCII.GetBytes(moment);
        using var stamped = new MemoryStream(bytes.Length + stamp.Length);
        while (!bytes.IsEmpty)
        {
            if (!inLine)
            {
                stamped.Write(stamp);
            }

            var end = bytes.IndexOf((byte)'\n') + 1;
            inLine = end == 0;
            var line = inLine ? bytes : bytes[..end];
            stamped.Write(line);
            bytes = bytes[line.Length..];
        }

        return stamped.ToArray();
    }
}
