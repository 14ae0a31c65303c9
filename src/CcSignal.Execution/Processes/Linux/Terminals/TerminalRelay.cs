using System.Runtime.InteropServices;
using CcSignal.Contracts;
using CcSignal.Execution.Processes.Linux.Native;
using CcSignal.Execution.Processes.Linux.Streams;

namespace CcSignal.Execution.Processes.Linux.Terminals;

/// <summary>
/// Moves what a program writes to its terminal into a pipe, whose other end is recorded as any output is: splice(2) takes no terminal and file
/// together. Owns the terminal's master and the pipe's writing end.
/// </summary>
internal sealed unsafe class TerminalRelay(EventLoop loop, int master, int pipe, OutputPump pump) : IWatched
{
    private const int Quantum = 64 * 1024;

    private readonly Lock _gate = new();
    private long _token;
    private bool _ended;

    /// <summary>Begins to watch the terminal.</summary>
    public void Begin() => loop.Watch(master, this, out _token);

    /// <summary>Hangs up, although somebody may still have the terminal open; what was written before is recorded.</summary>
    public void Abandon() => loop.Post(() =>
    {
        if (!_ended)
        {
            Move(out _);
            End();
        }
    });

    /// <summary>Changes the terminal's size; nothing happens after its end.</summary>
    public void Resize(TerminalSize size)
    {
        lock (_gate)
        {
            if (!_ended)
            {
                Pseudoterminal.Resize(master, size);
            }
        }
    }

    /// <summary>What to type for an end of file; null: the terminal is gone.</summary>
    public byte[]? EndOfFile(bool behindUnfinishedLine)
    {
        lock (_gate)
        {
            return _ended ? null : Pseudoterminal.EndOfFile(master, behindUnfinishedLine);
        }
    }

    public void OnReady(uint events)
    {
        if (Move(out var error) > 0)
        {
            return;
        }

        if (error == Libc.EAGAIN)
        {
            // There is something, and the pipe is full: its pump is on this thread, too.
            loop.Rest(_token);
        }
        else
        {
            End();
        }
    }

    public void OnFault(Exception exception) => End();

    // The last program that had it open has closed it: the kernel says EIO, after everything that was written (pts(4)).
    private long Move(out int error)
    {
        while (true)
        {
            var moved = Libc.splice(master, null, pipe, null, Quantum, Libc.SPLICE_F_MOVE | Libc.SPLICE_F_NONBLOCK);
            error = moved < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (error != Libc.EINTR)
            {
                return moved;
            }
        }
    }

    private void End()
    {
        lock (_gate)
        {
            if (!_ended)
            {
                _ended = true;
                loop.Close(_token);
                Libc.Check(Libc.close(pipe), "close");
            }
        }

        // Not by the end of the file alone: another process may hold the pipe's writing end.
        pump.Finish();
    }
}
