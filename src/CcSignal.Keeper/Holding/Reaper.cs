using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CcSignal.Keeper.Native;
using CcSignal.Keeper.Wire;

namespace CcSignal.Keeper.Holding;

/// <summary>
/// Awaits every child of this process, born here or left behind by one that died below (PR_SET_CHILD_SUBREAPER, prctl(2)). Owns a thread that does
/// nothing else. Nobody else in this process may wait for a child.
/// </summary>
internal sealed unsafe class Reaper(Action<int, ExitStatus> reaped)
{
    private readonly object _gate = new();
    private bool _isBorn;

    /// <summary>Begins.</summary>
    public void Begin() => new Thread(Run) { IsBackground = true, Name = "keeper-reaper" }.Start();

    /// <summary>There is a child again.</summary>
    public void Look()
    {
        lock (_gate)
        {
            _isBorn = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        var info = stackalloc byte[Libc.SigInfoSize];
        var usage = stackalloc byte[Libc.RusageSize];
        while (true)
        {
            if (Libc.waitid(Libc.P_ALL, 0, info, Libc.WEXITED, usage) == 0)
            {
                var all = new ReadOnlySpan<byte>(info, Libc.SigInfoSize);
                reaped(BinaryPrimitives.ReadInt32LittleEndian(all[16..]), ExitStatus.Read(all, new ReadOnlySpan<byte>(usage, Libc.RusageSize)));
            }
            else if (Marshal.GetLastPInvokeError() == Libc.ECHILD)
            {
                AwaitBirth();
            }
        }
    }

    // There is no child at all: only a new server can bring one.
    private void AwaitBirth()
    {
        lock (_gate)
        {
            while (!_isBorn)
            {
                Monitor.Wait(_gate);
            }

            _isBorn = false;
        }
    }
}
