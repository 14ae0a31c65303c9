using System.Globalization;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux;

/// <summary>What is left of a process group whose leader has ended.</summary>
internal static class ProcessGroup
{
    /// <summary>Kills the living members and names them; empty: there are none.</summary>
    public static IReadOnlyList<string> KillLeftovers(int group)
    {
        // One call when nothing is left, which is nearly always. A number stays taken while a group has it; a process that has it as its
        // own number would be a new one, and then the group is not ours.
        if (Libc.kill(-group, 0) != 0 || Directory.Exists($"/proc/{group}"))
        {
            return [];
        }

        var left = Members(group);
        if (left.Count > 0)
        {
            _ = Libc.kill(-group, SignalNames.SIGKILL);
        }

        return left;
    }

    private static List<string> Members(int group)
    {
        var members = new List<string>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var processId))
            {
                try
                {
                    var stat = ProcStat.Read(processId);
                    if (stat.ProcessGroup == group && !stat.IsZombie)
                    {
                        members.Add(string.Create(CultureInfo.InvariantCulture, $"{stat.Name} ({processId})"));
                    }
                }
                catch (IOException)
                {
                    // It ended while the directory was read.
                }
            }
        }

        return members;
    }
}
