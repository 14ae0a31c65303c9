using System.Globalization;

namespace CcSignal.Execution.Processes.Linux.Streams;

/// <summary>
/// How much memory of the kernel's the pipes of this server may take. Past a soft limit an ordinary user gets pipes of 8 KiB, also the next small one
/// (pipe(7), pipe-user-pages-soft): so only half of it goes to pipes that are larger than usual.
/// </summary>
internal sealed class PipeBudget
{
    private const string SoftLimit = "/proc/sys/fs/pipe-user-pages-soft";
    private const int CAP_SYS_ADMIN = 21;
    private const int CAP_SYS_RESOURCE = 24;

    private readonly long _limitBytes;
    private long _takenBytes;

    /// <param name="limitBytes">How much may be given to large pipes.</param>
    public PipeBudget(long limitBytes) => _limitBytes = limitBytes;

    /// <summary>This process's: without a limit for one that is privileged, or where the system sets none.</summary>
    public static PipeBudget OfThisProcess()
    {
        var pages = long.Parse(File.ReadAllText(SoftLimit), CultureInfo.InvariantCulture);
        return new PipeBudget(pages == 0 || IsPrivileged() ? long.MaxValue : pages * Environment.SystemPageSize / 2);
    }

    /// <summary>Takes room for the two output pipes of a command.</summary>
    /// <param name="bytes">The size wanted of each.</param>
    /// <returns>The size to ask for: that, or the usual one.</returns>
    public int Take(int bytes)
    {
        if (bytes <= Pipe.DefaultBytes)
        {
            return bytes;
        }

        if (Interlocked.Add(ref _takenBytes, 2L * bytes) <= _limitBytes)
        {
            return bytes;
        }

        Interlocked.Add(ref _takenBytes, -2L * bytes);
        return Pipe.DefaultBytes;
    }

    /// <summary>Gives it back: the pipes are closed.</summary>
    public void Return(int bytes)
    {
        if (bytes > Pipe.DefaultBytes)
        {
            Interlocked.Add(ref _takenBytes, -2L * bytes);
        }
    }

    private static bool IsPrivileged()
    {
        const string Field = "CapEff:";
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Field, StringComparison.Ordinal));
        var capabilities = ulong.Parse(line.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (capabilities & ((1UL << CAP_SYS_ADMIN) | (1UL << CAP_SYS_RESOURCE))) != 0;
    }
}
