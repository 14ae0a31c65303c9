using System.ComponentModel;
using System.Runtime.InteropServices;
using CcSignal.Contracts;
using CcSignal.Execution.Journal;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>
/// Moves what a command writes from its pipe into the journal by splice(2): no copy through this process, and killed at any moment it has
/// neither lost nor doubled a byte. Owns the pipe's reading end. Everything happens on the loop's thread.
/// </summary>
internal sealed unsafe class OutputPump : IWatched
{
    private const int Quantum = 256 * 1024;
    private const int HotBelow = 16 * 1024;
    private static readonly TimeSpan HotWithin = TimeSpan.FromMilliseconds(1);

    private readonly EventLoop _loop;
    private readonly TimeProvider _time;
    private readonly OutputStream _stream;
    private readonly JournalWriter _journal;
    private readonly long _maxTotalBytes;
    private readonly Action<OutputFault> _faulted;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _pipe;
    private long _token;
    private long _lastMove;
    private readonly DiskPatience _patience;
    private int _uncommitted;
    private bool _discarding;
    private bool _finishing;
    private bool _noRoom;

    public OutputPump(
        EventLoop loop, TimeProvider time, int pipe, OutputStream stream, JournalWriter journal, long? maxTotalBytes, DiskPatience patience, Action<OutputFault> faulted)
    {
        _patience = patience;
        _loop = loop;
        _time = time;
        _pipe = pipe;
        _stream = stream;
        _journal = journal;
        _maxTotalBytes = maxTotalBytes ?? long.MaxValue;
        _faulted = faulted;
    }

    /// <summary>The pipe is at its end, or was abandoned.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Begins to watch the pipe.</summary>
    public void Begin() => _loop.Watch(_pipe, this, out _token);

    /// <summary>Stops, although somebody may still hold the writing end.</summary>
    public void Abandon() => _loop.Post(End);

    /// <summary>Everything that will come is in the pipe: records it, and ends. The loop's thread only.</summary>
    public void Finish()
    {
        _finishing = true;
        try
        {
            if (!_ended.Task.IsCompleted)
            {
                OnReady(0);
            }
        }
        catch (Win32Exception exception)
        {
            _loop.Close(_token);
            OnFault(exception);
        }
    }

    public void OnReady(uint events)
    {
        long moved;
        do
        {
            moved = _discarding ? MoveToNothing(Quantum)
                : _journal.TotalBytes < _maxTotalBytes ? MoveToJournal()
                : LookPastLimit();
        }
        while (moved > 0 && _finishing);

        if (moved == 0 || (moved < 0 && _finishing && !_noRoom))
        {
            End();
        }
        else if (moved > 0)
        {
            RestWhenHot(moved);
        }
    }

    public void OnFault(Exception exception)
    {
        _faulted(new OutputFault(false, $"Its {Name} could not be recorded: {exception.Message}"));
        _ended.TrySetResult();
    }

    private string Name => _stream == OutputStream.Stdout ? "standard output" : "standard error";

    private void End()
    {
        _loop.Close(_token);
        _ended.TrySetResult();
    }

    private void Discard(OutputFault fault)
    {
        _discarding = true;
        _faulted(fault);
    }

    // Bytes moved, 0 at the end of file, negative when there was nothing, or no room.
    private long MoveToJournal()
    {
        _noRoom = false;
        if (_uncommitted > 0 && !TryCommit())
        {
            return -1;
        }

        var wanted = Math.Min(Quantum, _maxTotalBytes - _journal.TotalBytes);

        // The offset is explicit: the file's end is known here, and a seek position would be one more thing to repair after a kill.
        var offset = _journal.End(_stream);
        var moved = Splice((int)_journal.File(_stream).DangerousGetHandle(), &offset, (nuint)wanted, out var error);
        if (moved > 0)
        {
            _uncommitted = (int)moved;
            TryCommit();
        }
        else if (moved < 0 && error != Libc.EAGAIN)
        {
            Fail(error, Marshal.GetPInvokeErrorMessage(error));
        }

        return moved;
    }

    // What was moved is in the file, but counts only with its index record.
    private bool TryCommit()
    {
        try
        {
            _journal.Commit(_stream, _uncommitted);
            _uncommitted = 0;
            _patience.HasRoom(_stream);
            return true;
        }
        catch (IOException exception)
        {
            Fail(exception.HResult, exception.Message);
            return false;
        }
    }

    // A full disk is waited for: the command waits on its pipe, and nothing is lost.
    private void Fail(int error, string words)
    {
        if (DiskPatience.IsFull(error) && _patience.Waits(_stream, () => _loop.Post(GoOn)))
        {
            _noRoom = true;
            _loop.Mute(_token);
        }
        else
        {
            Discard(new OutputFault(false, $"Its {Name} could not be recorded: {words}"));
        }
    }

    private void GoOn()
    {
        _loop.Unmute(_token);
        if (_finishing)
        {
            Finish(); // nobody writes any more, so no event would come
        }
    }

    // The limit is reached exactly. Whether the command is at its end or wrote more shows only a read.
    private long LookPastLimit()
    {
        var moved = MoveToNothing(1);
        if (moved > 0)
        {
            Discard(new OutputFault(true, $"It wrote more than {_maxTotalBytes} bytes."));
        }

        return moved;
    }

    private long MoveToNothing(int count)
    {
        var moved = Splice(_loop.Null, null, (nuint)count, out var error);
        return moved >= 0 || error == Libc.EAGAIN
            ? moved
            : throw new Win32Exception(error, $"splice to /dev/null: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private long Splice(int target, long* offset, nuint count, out int error)
    {
        while (true)
        {
            var moved = Libc.splice(_pipe, null, target, offset, count, Libc.SPLICE_F_MOVE | Libc.SPLICE_F_NONBLOCK);
            error = moved < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (error != Libc.EINTR)
            {
                return moved;
            }
        }
    }

    private void RestWhenHot(long moved)
    {
        var now = _time.GetTimestamp();
        if (moved < HotBelow && _time.GetElapsedTime(_lastMove, now) < HotWithin)
        {
            _loop.Rest(_token);
        }

        _lastMove = now;
    }
}
