using CcSignal.Contracts;

namespace CcSignal.Execution.Processes;

/// <summary>
/// How long one command waits on its pipe for a full disk, and who is told. Tells once when the waiting begins, whichever stream it is, and once when
/// recording goes on.
/// </summary>
/// <param name="patience">How long; zero: not at all.</param>
/// <param name="time">The clock.</param>
/// <param name="told">Is told true when recording waits, false when it goes on.</param>
internal sealed class DiskPatience(TimeSpan patience, TimeProvider time, Action<bool> told)
{
    // Linux: no space left (ENOSPC), and the user's quota is used up (EDQUOT); errno(3).
    private const int ENOSPC = 28;
    private const int EDQUOT = 122;

    // ERROR_DISK_FULL as an HRESULT.
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly long?[] _since = new long?[2];
    private readonly ITimer?[] _timers = new ITimer?[2];
    private volatile bool _waits;

    /// <summary>Whether an error means that there is no room.</summary>
    /// <param name="error">An error number, or the HResult of an <see cref="IOException"/>.</param>
    public static bool IsFull(int error) => error is ENOSPC or EDQUOT or WindowsDiskFull;

    /// <summary>
    /// A stream found no room: true when it may wait on, and <paramref name="again"/> is called in a moment; false when its patience is over.
    /// </summary>
    public bool Waits(OutputStream stream, Action again)
    {
        bool begins;
        lock (_gate)
        {
            var since = _since[(int)stream] ??= time.GetTimestamp();
            if (time.GetElapsedTime(since) >= patience)
            {
                return false;
            }

            begins = !_waits;
            _waits = true;
            _timers[(int)stream]?.Dispose();
            _timers[(int)stream] = time.CreateTimer(_ => again(), null, Look, Timeout.InfiniteTimeSpan);
        }

        if (begins)
        {
            told(true);
        }

        return true;
    }

    /// <summary>A stream was recorded.</summary>
    public void HasRoom(OutputStream stream)
    {
        if (!_waits)
        {
            return;
        }

        bool ends;
        lock (_gate)
        {
            _since[(int)stream] = null;
            _timers[(int)stream]?.Dispose();
            _waits = _since[0] is not null || _since[1] is not null;
            ends = !_waits;
        }

        if (ends)
        {
            told(false);
        }
    }
}
