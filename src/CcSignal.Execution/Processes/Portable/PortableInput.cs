namespace CcSignal.Execution.Processes.Portable;

/// <summary>
/// The writing end of a command's standard input, as <see cref="System.Diagnostics.Process"/> gives it. There is no write that takes what fits: a
/// piece that is taken may wait for room in this server's memory, one at a time. Owns the stream.
/// </summary>
internal sealed class PortableInput(Stream stream) : IInputSink
{
    private readonly Lock _gate = new();
    private Task _writing = Task.CompletedTask;
    private volatile bool _closed;

    public int Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_closed || !_writing.IsCompleted)
            {
                return _closed ? -1 : 0;
            }

            _writing = WriteAsync(bytes.ToArray());
            return bytes.Length;
        }
    }

    public Task RoomAsync()
    {
        lock (_gate)
        {
            return _closed ? Task.CompletedTask : _writing;
        }
    }

    public bool TryEnd()
    {
        lock (_gate)
        {
            if (!_closed && !_writing.IsCompleted)
            {
                return false;
            }

            Dispose();
            return true;
        }
    }

    public void Dispose()
    {
        _closed = true;
        stream.Dispose();
    }

    private async Task WriteAsync(byte[] bytes)
    {
        try
        {
            // Not on the caller's thread: a pipe that is full holds up whoever writes to it.
            await Task.Run(() => stream.Write(bytes));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The command has closed its end, or has ended: the next write says so.
            _closed = true;
        }
    }
}
