using CcSignal.Execution.Processes.Linux.Streams;

namespace CcSignal.Execution.Processes.Linux.Terminals;

/// <summary>What is typed at a terminal. Its end is a character of the terminal's, and the terminal stays. Owns the descriptor that is typed into.</summary>
internal sealed class TerminalInput(InputPipe keyboard, TerminalRelay terminal) : IInputSink
{
    private bool _unfinishedLine;

    public int Write(ReadOnlySpan<byte> bytes)
    {
        var written = keyboard.Write(bytes);
        if (written > 0)
        {
            _unfinishedLine = bytes[written - 1] is not ((byte)'\n' or (byte)'\r');
        }

        return written;
    }

    public Task RoomAsync() => keyboard.RoomAsync();

    public bool TryEnd() => terminal.EndOfFile(_unfinishedLine) is not { } end || keyboard.Write(end) != 0;

    public void Dispose() => keyboard.Dispose();
}
