using System.Globalization;

namespace CcSignal.Load.Health;

/// <summary>What Linux says of a process (proc_pid_stat(5), proc_pid_status(5)).</summary>
internal sealed record ProcessFigures(TimeSpan Cpu, double MemoryMb, int Threads, int Descriptors)
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux that .NET runs on

    /// <summary>Null: there is no such process, or no such system.</summary>
    public static ProcessFigures? Of(int processId)
    {
        try
        {
            var line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            var cpu = (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
            var memory = Number(fields[21]) * Environment.SystemPageSize / 1e6;
            var descriptors = Directory.GetFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/fd")).Length;
            return new(TimeSpan.FromSeconds(cpu), memory, (int)Number(fields[17]), descriptors);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
