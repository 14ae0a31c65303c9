using System.Globalization;

namespace CcSignal.Execution.Processes;

/// <summary>A line of /proc/PID/stat (proc_pid_stat(5)).</summary>
internal readonly struct ProcStat
{
    private const int FirstFieldAfterName = 3;
    private readonly string[] _fields;

    private ProcStat(string name, string[] fields)
    {
        Name = name;
        _fields = fields;
    }

    /// <summary>The executable's name, at most 15 characters.</summary>
    public string Name { get; }

    /// <summary>The process group (field 5).</summary>
    public int ProcessGroup => int.Parse(Field(5), CultureInfo.InvariantCulture);

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
}
