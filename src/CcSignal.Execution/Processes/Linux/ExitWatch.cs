using System.Buffers.Binary;
using CcSignal.Execution.Processes.Linux.Keeping;
using CcSignal.Execution.Processes.Linux.Native;
using CcSignal.Keeper.Wire;

namespace CcSignal.Execution.Processes.Linux;

/// <summary>
/// Waits for the end of a root process by its pidfd, reaps it, and tells code from signal. Signals to its group go through here, because
/// only before the reaping is its number surely its own.
/// </summary>
internal sealed unsafe class ExitWatch(EventLoop loop, KeeperLink? keeper, long number, int processId, int pidfd) : IExitSource, IWatched
{
    private const double MicrosecondsPerSecond = 1_000_000;

    private readonly long _ownPeak = OwnPeak();
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<ProcessExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _token;
    private bool _reaped;

    public long? StartedAt => null;

    /// <summary>The process has ended and was reaped.</summary>
    public Task<ProcessExit> Exited => _exited.Task;

    /// <summary>Begins to watch. There is no race with its end: we are its parent, and nobody else reaps it.</summary>
    public void Begin() => loop.Watch(pidfd, this, out _token);

    /// <summary>Sends a signal to its group; nothing happens once it was reaped.</summary>
    public void Signal(int signal)
    {
        lock (_gate)
        {
            if (!_reaped)
            {
                // Fails only with ESRCH, between its end and our reaping, or EPERM for a program that changed its user.
                _ = Libc.kill(-processId, signal);
            }
        }
    }

    public void OnReady(uint events)
    {
        var info = stackalloc byte[Libc.SigInfoSize];
        var usage = stackalloc byte[Libc.RusageSize];
        new Span<byte>(info, Libc.SigInfoSize).Clear();
        Libc.Check(Libc.waitid(Libc.P_PIDFD, pidfd, info, Libc.WEXITED | Libc.WNOHANG | Libc.WNOWAIT, usage), "waitid");

        // si_pid 0: not yet. A stale event of a closed descriptor can look like one of ours.
        if (BinaryPrimitives.ReadInt32LittleEndian(new ReadOnlySpan<byte>(info + 16, 4)) == 0)
        {
            return;
        }

        // Told before it is reaped: a server killed before this leaves the reaping to the keeper, one killed after it has told.
        keeper?.Ended(number, ExitStatus.Read(new ReadOnlySpan<byte>(info, Libc.SigInfoSize), new ReadOnlySpan<byte>(usage, Libc.RusageSize)));
        lock (_gate)
        {
            Libc.Check(Libc.waitid(Libc.P_PIDFD, pidfd, info, Libc.WEXITED, usage), "waitid");
            _reaped = true;
        }

        loop.Close(_token);
        _exited.TrySetResult(Read(new ReadOnlySpan<byte>(info, Libc.SigInfoSize), new ReadOnlySpan<byte>(usage, Libc.RusageSize)));
    }

    public void OnFault(Exception exception) => _exited.TrySetException(exception);

    private ProcessExit Read(ReadOnlySpan<byte> info, ReadOnlySpan<byte> usage)
    {
        var exited = BinaryPrimitives.ReadInt32LittleEndian(info[8..]) == Libc.CLD_EXITED;
        var status = BinaryPrimitives.ReadInt32LittleEndian(info[24..]);
        var cpu = Seconds(usage) + Seconds(usage[16..]);
        var maxRss = MaxRss(usage);

        // Until its exec a child shares our memory (posix_spawn is a vfork), and the kernel counts that peak as the child's: what is not
        // above our own peak says nothing of the command.
        return new ProcessExit(exited ? status : null, exited ? null : status, cpu, maxRss > _ownPeak ? maxRss : null);
    }

    private static long OwnPeak()
    {
        var usage = stackalloc byte[Libc.RusageSize];
        Libc.Check(Libc.getrusage(Libc.RUSAGE_SELF, usage), "getrusage");
        return MaxRss(new ReadOnlySpan<byte>(usage, Libc.RusageSize));
    }

    private static long MaxRss(ReadOnlySpan<byte> usage) => BinaryPrimitives.ReadInt64LittleEndian(usage[32..]) * 1024;

    private static double Seconds(ReadOnlySpan<byte> timeval) =>
        BinaryPrimitives.ReadInt64LittleEndian(timeval)
        + (BinaryPrimitives.ReadInt64LittleEndian(timeval[8..]) / MicrosecondsPerSecond);
}
