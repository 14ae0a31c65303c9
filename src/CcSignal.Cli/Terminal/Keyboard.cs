using System.IO.Pipelines;
using System.Runtime.InteropServices;

namespace CcSignal.Cli.Terminal;

/// <summary>
/// This program's own standard input, byte for byte. A read cannot be taken back, so it is a thread's of its own that nobody waits for at the end;
/// what it has read is taken from <see cref="Bytes"/>.
/// </summary>
/// <param name="escapes">The keys that are this program's own; null: there are none.</param>
/// <param name="asked">Is told of each.</param>
internal sealed class Keyboard(Escapes? escapes, Action<Escape> asked)
{
    private const int StandardInput = 0;
    private const int BlockBytes = 64 * 1024;

    private readonly Pipe _pipe = new();

    /// <summary>What was read, for the command.</summary>
    public Stream Bytes => _pipe.Reader.AsStream();

    /// <summary>Begins to read.</summary>
    public void Begin() => new Thread(Read) { IsBackground = true, Name = "ccsignal-keyboard" }.Start();

    private void Read()
    {
        try
        {
            var block = new byte[BlockBytes];
            for (int count; (count = ReadBlock(block)) > 0;)
            {
                if (!Pass(block.AsSpan(0, count)))
                {
                    break;
                }
            }

            _pipe.Writer.Complete();
        }
        catch (IOException error)
        {
            _pipe.Writer.Complete(error);
        }
    }

    // False: whoever took the bytes has gone.
    private bool Pass(ReadOnlySpan<byte> bytes)
    {
        if (escapes is null)
        {
            bytes.CopyTo(_pipe.Writer.GetSpan(bytes.Length));
            _pipe.Writer.Advance(bytes.Length);
        }
        else if (escapes.Pass(bytes, _pipe.Writer) is var escape and not Escape.None)
        {
            asked(escape);
        }

        // Blocks this thread, and so whoever writes to us, when the command does not read.
        return !_pipe.Writer.FlushAsync().AsTask().GetAwaiter().GetResult().IsCompleted;
    }

    private static int ReadBlock(byte[] block)
    {
        while (true)
        {
            var read = (int)LibC.Read(StandardInput, block, (nuint)block.Length);
            if (read >= 0)
            {
                return read;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == LibC.TryAgain)
            {
                LibC.WaitUntilReadable(StandardInput);
            }
            else if (error == LibC.InputOutputError)
            {
                return 0; // the terminal has hung up
            }
            else if (error != LibC.Interrupted)
            {
                throw new IOException($"Cannot read this program's own input: {Marshal.GetPInvokeErrorMessage(error)}.");
            }
        }
    }
}
