using CcSignal.Contracts;
using CcSignal.Execution.Processes;

namespace CcSignal.Execution.Running;

/// <summary>
/// Watches what a tree uses of what it may: CPU time, and memory where no controller limits it. Looks again when the limit could be reached at the
/// earliest, at most every 20 ms; asks for a stop once.
/// </summary>
internal sealed class ResourceWatch : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private readonly IRunningProcess _process;
    private readonly ResourceLimits _limits;
    private readonly Action<StopReason> _stop;
    private readonly Lock _gate = new();
    private readonly ITimer? _timer;
    private bool _disposed;

    public ResourceWatch(IRunningProcess process, ResourceLimits limits, TimeProvider time, Action<StopReason> stop)
    {
        (_process, _limits, _stop) = (process, limits, stop);
        if (limits.CpuSeconds is not null || limits.MemoryBytes is not null)
        {
            _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(Shortest, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Why it must end, or would have; null: it kept its limits.</summary>
    public StopReason? Breach() => _timer is null ? null : Breach(_process.Measure());

    /// <summary>Whether it was refused a process.</summary>
    public bool WasRefusedProcesses => _limits.Processes is not null && _process.Measure().IsOutOfProcesses;

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            var use = _process.Measure();
            if (Breach(use) is { } breach)
            {
                _stop(breach);
            }
            else
            {
                _timer!.Change(Next(use), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private StopReason? Breach(ResourceUse use) =>
        use.IsOutOfMemory || use.MemoryBytes > _limits.MemoryBytes ? new StopReason(EndCause.MemoryLimit, $"It used more than {_limits.MemoryBytes} bytes of memory.")
        : use.CpuTime.TotalSeconds > _limits.CpuSeconds ? new StopReason(EndCause.CpuLimit, $"It used more than {_limits.CpuSeconds:0.###} s of processor time.")
        : null;

    // All processors at once are the fastest way to spend what is left.
    private TimeSpan Next(ResourceUse use)
    {
        var left = _limits.CpuSeconds is { } seconds ? (TimeSpan.FromSeconds(seconds) - use.CpuTime) / Environment.ProcessorCount : Longest;
        return left < Shortest ? Shortest : left > Longest ? Longest : left;
    }
}
