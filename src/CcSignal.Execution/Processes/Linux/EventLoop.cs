using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux;

/// <summary>
/// One thread and one epoll(7) for all pipes and processes. Owns the thread. Registrations go by a growing token, never by the
/// descriptor: a descriptor closed while another thread is inside posix_spawn(3) lives on in that child until its exec, and its
/// events would otherwise reach whoever has the number next.
/// </summary>
internal sealed unsafe class EventLoop : IDisposable
{
    private const long WakeToken = 0;
    private const int BatchSize = 256;
    private const int RestMilliseconds = 1;

    private readonly ConcurrentDictionary<long, (IWatched Target, int Descriptor)> _watched = new();
    private readonly ConcurrentDictionary<long, byte> _muted = new();
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Queue<(long Token, long Due)> _resting = new();
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private readonly int _epoll;
    private readonly int _wake;
    private long _lastToken = WakeToken;
    private volatile bool _stopping;

    public EventLoop(TimeProvider time)
    {
        _time = time;
        _epoll = Libc.Check(Libc.epoll_create1(Libc.EPOLL_CLOEXEC), "epoll_create1");
        _wake = Libc.Check(Libc.eventfd(0, Libc.O_CLOEXEC), "eventfd");
        Null = Libc.Check(Libc.open("/dev/null", Libc.O_WRONLY | Libc.O_CLOEXEC), "open /dev/null");
        Control(Libc.EPOLL_CTL_ADD, _wake, Libc.EPOLLIN, WakeToken);
        _thread = new Thread(Run) { IsBackground = true, Name = "ccsignal-events" };
        _thread.Start();
    }

    /// <summary>/dev/null, open for writing: where output goes that is not recorded any more.</summary>
    public int Null { get; }

    /// <summary>Starts watching for input; any thread. The target learns its token before its first event.</summary>
    public void Watch(int descriptor, IWatched target, out long token) => Watch(descriptor, target, Libc.EPOLLIN, out token);

    /// <summary>Starts watching for these events; EPOLLERR and EPOLLHUP always come too (epoll_ctl(2)).</summary>
    public void Watch(int descriptor, IWatched target, uint events, out long token)
    {
        token = Interlocked.Increment(ref _lastToken);
        _watched[token] = (target, descriptor);
        Control(Libc.EPOLL_CTL_ADD, descriptor, events, token);
    }

    /// <summary>Watches for other events from now on; any thread, as long as nobody closes it meanwhile.</summary>
    public void Expect(long token, uint events)
    {
        if (_watched.TryGetValue(token, out var entry))
        {
            Control(Libc.EPOLL_CTL_MOD, entry.Descriptor, events, token);
        }
    }

    /// <summary>
    /// Stops watching and closes the descriptor. On the loop's thread, or on one with which the target shares a lock: an event that is under
    /// way may still reach it.
    /// </summary>
    public void Close(long token)
    {
        if (_watched.TryRemove(token, out var entry))
        {
            if (!_muted.TryRemove(token, out _))
            {
                Control(Libc.EPOLL_CTL_DEL, entry.Descriptor, 0, token);
            }

            Libc.Check(Libc.close(entry.Descriptor), "close");
        }
    }

    /// <summary>
    /// Looks away from a descriptor for a millisecond, so that an unbuffered writer fills its pipe instead of waking the loop for every
    /// line: a fifth of the work, and the writer itself is faster. The loop's thread only.
    /// </summary>
    public void Rest(long token)
    {
        if (_watched.TryGetValue(token, out var entry))
        {
            Control(Libc.EPOLL_CTL_MOD, entry.Descriptor, 0, token);
            _resting.Enqueue((token, _time.GetTimestamp() + (_time.TimestampFrequency * RestMilliseconds / 1000)));
        }
    }

    /// <summary>Looks away until <see cref="Unmute"/>, also from a hang-up, which epoll(7) would go on telling. The loop's thread only.</summary>
    public void Mute(long token)
    {
        if (_watched.TryGetValue(token, out var entry) && _muted.TryAdd(token, 0))
        {
            Control(Libc.EPOLL_CTL_DEL, entry.Descriptor, 0, token);
        }
    }

    /// <summary>Looks at it again, if it was not closed meanwhile. The loop's thread only.</summary>
    public void Unmute(long token)
    {
        if (_watched.TryGetValue(token, out var entry) && _muted.TryRemove(token, out _))
        {
            Control(Libc.EPOLL_CTL_ADD, entry.Descriptor, Libc.EPOLLIN, token);
        }
    }

    /// <summary>Runs something on the loop's thread.</summary>
    public void Post(Action action)
    {
        _posted.Enqueue(action);
        Wake();
    }

    public void Dispose()
    {
        _stopping = true;
        Wake();
        _thread.Join();
        foreach (var token in _watched.Keys)
        {
            Close(token);
        }

        Libc.Check(Libc.close(_epoll), "close");
        Libc.Check(Libc.close(_wake), "close");
        Libc.Check(Libc.close(Null), "close");
    }

    private void Run()
    {
        var events = new byte[BatchSize * Libc.EpollEventSize];
        while (!_stopping)
        {
            int count;
            fixed (byte* pointer = events)
            {
                count = Libc.epoll_wait(_epoll, pointer, BatchSize, _resting.Count > 0 ? RestMilliseconds : -1);
            }

            if (count < 0)
            {
                if (Marshal.GetLastPInvokeError() == Libc.EINTR)
                {
                    continue;
                }

                Libc.Check(count, "epoll_wait");
            }

            for (var i = 0; i < count; i++)
            {
                Dispatch(events.AsSpan(i * Libc.EpollEventSize, Libc.EpollEventSize));
            }

            while (_posted.TryDequeue(out var action))
            {
                action();
            }

            WakeRested();
        }
    }

    private void Dispatch(ReadOnlySpan<byte> entry)
    {
        var token = MemoryMarshal.Read<long>(entry[Libc.EpollDataOffset..]);
        if (token == WakeToken)
        {
            ulong ignored;
            Libc.Check((int)Libc.read(_wake, &ignored, sizeof(ulong)), "read eventfd");
        }
        else if (_watched.TryGetValue(token, out var watched))
        {
            try
            {
                watched.Target.OnReady(MemoryMarshal.Read<uint>(entry));
            }
#pragma warning disable CA1031 // One process's fault must not stop the loop of all others; the target tells it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Close(token);
                watched.Target.OnFault(exception);
            }
        }
    }

    private void WakeRested()
    {
        var now = _time.GetTimestamp();
        while (_resting.TryPeek(out var rest) && rest.Due <= now)
        {
            _resting.Dequeue();
            if (_watched.TryGetValue(rest.Token, out var entry) && !_muted.ContainsKey(rest.Token))
            {
                Control(Libc.EPOLL_CTL_MOD, entry.Descriptor, Libc.EPOLLIN, rest.Token);
            }
        }
    }

    private void Wake()
    {
        ulong one = 1;
        Libc.Check((int)Libc.write(_wake, &one, sizeof(ulong)), "write eventfd");
    }

    private void Control(int operation, int descriptor, uint events, long token)
    {
        var entry = stackalloc byte[Libc.EpollEventSize];
        MemoryMarshal.Write(new Span<byte>(entry, Libc.EpollEventSize), events);
        MemoryMarshal.Write(new Span<byte>(entry + Libc.EpollDataOffset, sizeof(long)), token);
        Libc.Check(Libc.epoll_ctl(_epoll, operation, descriptor, entry), "epoll_ctl");
    }
}
