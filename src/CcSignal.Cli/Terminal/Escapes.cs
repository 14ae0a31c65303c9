using System.Buffers;

namespace CcSignal.Cli.Terminal;

/// <summary>
/// Finds the keys that are this program's own: a tilde at the beginning of a line and then a full stop (leave), Ctrl+C (cancel), or another tilde
/// (one tilde for the command), as ssh has them. Everything else is the command's, a tilde before it too.
/// </summary>
internal sealed class Escapes
{
    private const byte Tilde = (byte)'~';
    private const byte CtrlC = 3;

    private bool _lineBegins = true;
    private bool _tilde;

    /// <summary>Passes on what is the command's; what was typed after an escape is dropped.</summary>
    public Escape Pass(ReadOnlySpan<byte> typed, IBufferWriter<byte> command)
    {
        var passed = command.GetSpan((2 * typed.Length) + 1);
        var count = 0;
        var escape = Escape.None;
        foreach (var key in typed)
        {
            escape = (_tilde, key) switch
            {
                (true, (byte)'.') => Escape.Leave,
                (true, CtrlC) => Escape.Cancel,
                _ => Escape.None,
            };
            if (escape != Escape.None)
            {
                _tilde = false;
                break;
            }

            if (_tilde && key != Tilde)
            {
                passed[count++] = Tilde;
            }

            _tilde = !_tilde && _lineBegins && key == Tilde;
            if (!_tilde)
            {
                passed[count++] = key;
                _lineBegins = key is (byte)'\r' or (byte)'\n';
            }
        }

        command.Advance(count);
        return escape;
    }
}
