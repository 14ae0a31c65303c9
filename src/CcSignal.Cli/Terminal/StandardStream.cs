using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CcSignal.Cli.Terminal;

/// <summary>
/// This program's own output, byte for byte. Not <see cref="System.Console.OpenStandardOutput()"/>, which swallows EPIPE, so that
/// <c>ccsignal run -- yes | head</c> would go on for ever; and not a <see cref="FileStream"/>, which keeps a position of its own and so
/// overwrites what the other stream wrote with <c>&gt; file 2&gt;&amp;1</c>.
/// </summary>
internal sealed class StandardStream
{
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    private readonly int _descriptor;
    private readonly Stream? _portable;

    private StandardStream(int descriptor, Func<Stream> portable)
    {
        _descriptor = descriptor;
        _portable = OperatingSystem.IsWindows() ? portable() : null;
    }

    /// <summary>Standard output.</summary>
    public static StandardStream Output { get; } = new(StandardOutput, Console.OpenStandardOutput);

    /// <summary>Standard error.</summary>
    public static StandardStream Error { get; } = new(StandardError, Console.OpenStandardError);

    /// <summary>Writes all of it; nothing is held back.</summary>
    /// <exception cref="OutputClosedException">The reader has left.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_portable is { } stream)
        {
            stream.Write(bytes);
            return;
        }

        while (!bytes.IsEmpty)
        {
            var written = LibC.Write(_descriptor, bytes, (nuint)bytes.Length);
            if (written < 0)
            {
                Recover(Marshal.GetLastPInvokeError());
                continue;
            }

            bytes = bytes[(int)written..];
        }
    }

    private void Recover(int error)
    {
        if (error == LibC.BrokenPipe)
        {
            throw new OutputClosedException();
        }

        if (error == LibC.TryAgain)
        {
            // Whoever shares this pipe with us has set it to O_NONBLOCK (Node does): wait until there is room.
            LibC.WaitUntilWritable(_descriptor);
        }
        else if (error != LibC.Interrupted)
        {
            throw new IOException($"Cannot write to this program's own output: {new Win32Exception(error).Message}.");
        }
    }
}
