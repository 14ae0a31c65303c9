using System.Runtime.InteropServices;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>
/// The writing end of a command's standard input, which must be O_NONBLOCK. Owns the descriptor. Callers write on their own threads; the loop
/// tells when there is room, and when nobody reads any more.
/// </summary>
internal sealed unsafe class InputPipe : IInputSink, IWatched
{
    private readonly Lock _gate = new();
    private readonly Action? _closedHere;
    private readonly EventLoop _loop;
    private readonly int _pipe;
    private TaskCompletionSource? _room;
    private readonly long _token;
    private bool _closed;

    public InputPipe(EventLoop loop, int pipe, Action? closed)
    {
        _closedHere = closed;
        _loop = loop;
        _pipe = pipe;
        _loop.Watch(pipe, this, 0, out _token);
    }

    public int Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            while (!_closed)
            {
                nint written;
                fixed (byte* start = bytes)
                {
                    written = Libc.write(_pipe, start, (nuint)bytes.Length);
                }

                if (written >= 0)
                {
                    return (int)written;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Libc.EINTR:
                        continue;
                    case Libc.EAGAIN:
                        return 0;
                    case Libc.EPIPE or Libc.EIO:
                        Close();
                        break;
                    default:
                        Libc.Check(-1, "write to the input");
                        break;
                }
            }

            return -1;
        }
    }

    public Task RoomAsync()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _loop.Expect(_token, Libc.EPOLLOUT);
            return _room.Task;
        }
    }

    public bool TryEnd()
    {
        Dispose();
        return true;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Close();
        }
    }

    public void OnReady(uint events)
    {
        lock (_gate)
        {
            if ((events & (Libc.EPOLLERR | Libc.EPOLLHUP)) != 0)
            {
                // Comes again and again as long as the descriptor is watched.
                Close();
            }
            else if (!_closed)
            {
                _loop.Expect(_token, 0);
                Wake();
            }
        }
    }

    public void OnFault(Exception exception)
    {
        lock (_gate)
        {
            _closed = true;
            Wake();
        }
    }

    private void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _loop.Close(_token);
            _closedHere?.Invoke();
            Wake();
        }
    }

    private void Wake()
    {
        _room?.TrySetResult();
        _room = null;
    }
}
