using System.Buffers.Text;

namespace CcSignal.Load.Compare;

/// <summary>Reads lines that say when they were written, in seconds since 1970, and how old each is when its end arrives. Writer and reader share the clock of the machine.</summary>
internal sealed class LineAges
{
    private readonly List<double> _ages = [];
    private readonly List<byte> _line = [];

    public IReadOnlyList<double> Milliseconds => _ages;

    /// <exception cref="InvalidDataException">A line is no time.</exception>
    public void Take(ReadOnlyMemory<byte> piece)
    {
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
        foreach (var value in piece.Span)
        {
            if (value != '\n')
            {
                _line.Add(value);
                continue;
            }

            _ages.Add(Utf8Parser.TryParse(_line.ToArray(), out double written, out var read) && read == _line.Count
                ? now - written * 1000
                : throw new InvalidDataException($"A line that is to be a time has {_line.Count} bytes and is none."));
            _line.Clear();
        }
    }
}
