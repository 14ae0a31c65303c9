using System.Globalization;

namespace CcSignal.Execution.Processes;

/// <summary>A line of /proc/PID/stat (proc_pid_stat(5)).</summary>
internal readonly struct ProcStat
{
    private const int FirstFieldAfterName = 3;

    // USER_HZ, what /proc counts in: 100 on every architecture .NET runs on (time(7)).
    private const double TicksPerSecond = 100;
    private readonly string[] _fields;

    private ProcStat(string name, string[] fields)
    {
        Name = name;
        _fields = fields;
    }

    /// <summary>The executable's name, at most 15 characters.</summary>
    public string Name { get; }

    /// <summary>The parent (field 4): a subreaper or process 1 for an orphan.</summary>
    public int Parent => int.Parse(Field(4), CultureInfo.InvariantCulture);

    /// <summary>The process group (field 5).</summary>
    public int ProcessGroup => int.Parse(Field(5), CultureInfo.InvariantCulture);

    /// <summary>The session (field 6).</summary>
    public int Session => int.Parse(Field(6), CultureInfo.InvariantCulture);

    /// <summary>When it started, in clock ticks after the boot (field 22): with the number it tells one process from another.</summary>
    public long StartTicks => Number(22);

    /// <summary>Processor time of it and of the children it awaited (fields 14 to 17).</summary>
    public TimeSpan CpuTime => TimeSpan.FromSeconds((Number(14) + Number(15) + Number(16) + Number(17)) / TicksPerSecond);

    /// <summary>Resident memory in bytes (field 24).</summary>
    public long ResidentBytes => Number(24) * Environment.SystemPageSize;

    /// <summary>Whether it is stopped by a signal (field 3).</summary>
    public bool IsStopped => Field(3) is "T" or "t";

    /// <summary>Whether it is dead and only waits to be reaped (field 3).</summary>
    public bool IsZombie => Field(3) is "Z" or "X";

    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">There is no such process.</exception>
    public static ProcStat Read(int processId)
    {
        var line = File.ReadAllText($"/proc/{processId}/stat");

        // The name stands in parentheses and may hold any character, parentheses too: what follows the last one is regular.
        var open = line.IndexOf('(', StringComparison.Ordinal);
        var close = line.LastIndexOf(')');
        return new ProcStat(line[(open + 1)..close], line[(close + 2)..].Split(' '));
    }

    /// <summary>A field by the manual page's number, 3 or more.</summary>
    public string Field(int number) => _fields[number - FirstFieldAfterName];

    private long Number(int field) => long.Parse(Field(field), CultureInfo.InvariantCulture);
}
