using CcSignal.Execution.Journal;

namespace CcSignal.Execution.Processes;

/// <summary>
/// The open standard input of a running command: takes bytes by offset, in order, each at most once. What is accepted is in the command's pipe;
/// nothing waits in this server's memory. Owns the sink and the mark.
/// </summary>
internal sealed class CommandInput(IInputSink sink, InputMark mark, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _accepted = mark.Accepted;
    private bool _closed = mark.Closed;
    private bool _over;

    /// <summary>
    /// Takes the bytes that begin at this offset of the input; those accepted before are skipped. Waits while nothing fits, within the patience,
    /// and then answers with what was accepted, perhaps less than given.
    /// </summary>
    /// <exception cref="IOException">How much was accepted cannot be recorded; nothing more was.</exception>
    public async Task<InputAnswer> WriteAsync(long offset, ReadOnlyMemory<byte> bytes, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(patience, time);
        if (!await TryAwaitAsync(token => _turn.WaitAsync(token), over, cancellationToken))
        {
            return new InputAnswer(Volatile.Read(ref _accepted), InputState.Open);
        }

        try
        {
            while (true)
            {
                var state = Take(offset, bytes.Span, out var complete);
                if (complete || state != InputState.Open || !await TryAwaitAsync(sink.RoomAsync().WaitAsync, over, cancellationToken))
                {
                    return new InputAnswer(_accepted, state);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Tells the command that this was all, after what was accepted before. A repeat is harmless; false: it did not fit within the patience.</summary>
    /// <exception cref="IOException">It is closed, but that cannot be recorded.</exception>
    public async Task<bool> CloseAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(patience, time);
        if (!await TryAwaitAsync(token => _turn.WaitAsync(token), over, cancellationToken))
        {
            return false;
        }

        try
        {
            if (_closed || _over)
            {
                return true;
            }

            while (!sink.TryEnd())
            {
                if (!await TryAwaitAsync(sink.RoomAsync().WaitAsync, over, cancellationToken))
                {
                    return false;
                }
            }

            _closed = true;
            mark.Close();
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The command has ended: nobody reads any more.</summary>
    public async ValueTask DisposeAsync()
    {
        sink.Dispose(); // whoever waits for room now hears that there is nobody to read
        await _turn.WaitAsync();
        _over = true;
        mark.Dispose();
        _turn.Release();
    }

    private InputState Take(long offset, ReadOnlySpan<byte> bytes, out bool complete)
    {
        complete = false;
        if (offset > _accepted)
        {
            return InputState.Gap;
        }

        var rest = bytes[(int)Math.Min(bytes.Length, _accepted - offset)..];
        if (rest.IsEmpty)
        {
            complete = true;
            return InputState.Open;
        }

        if (_closed || _over)
        {
            return _closed ? InputState.Closed : InputState.Unread;
        }

        // First the mark, for all of it; then the bytes; then the mark again, if not all of them fitted.
        mark.Accept(_accepted + rest.Length);
        var taken = sink.Write(rest);
        complete = taken == rest.Length;
        Volatile.Write(ref _accepted, _accepted + Math.Max(taken, 0));
        if (!complete)
        {
            mark.Accept(_accepted);
        }

        return taken < 0 ? InputState.Unread : InputState.Open;
    }

    // False: the patience is over. The caller's own cancellation is thrown.
    private static async Task<bool> TryAwaitAsync(Func<CancellationToken, Task> wait, CancellationTokenSource over, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            await wait(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
