using System.Runtime.InteropServices;

namespace CcSignal.Execution.Tests.History;

/// <summary>The processor time of this thread (clock_gettime(2), CLOCK_THREAD_CPUTIME_ID), and what is made of such figures.</summary>
internal static partial class ThreadTime
{
    private const int ThreadCpuTime = 3;

    public static double Milliseconds => ClockGetTime(ThreadCpuTime, out var time) == 0 ? time.Seconds * 1e3 + time.Nanoseconds / 1e6 : double.NaN;

    /// <summary>The value below which so many percent lie.</summary>
    public static double Percentile(this IEnumerable<double> values, int percent)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Time time);

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
