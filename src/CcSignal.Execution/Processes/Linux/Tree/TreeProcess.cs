using System.Globalization;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes.Linux.Tree;

/// <summary>A living process as /proc shows it.</summary>
/// <param name="ProcessId">Its number.</param>
/// <param name="Stat">Its name, parent, group, session, state and start.</param>
internal readonly record struct TreeProcess(int ProcessId, ProcStat Stat)
{
    /// <summary>As people read it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stat.Name} ({ProcessId})");

    /// <summary>All that live; zombies do not.</summary>
    public static Dictionary<int, TreeProcess> All()
    {
        var all = new Dictionary<int, TreeProcess>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), CultureInfo.InvariantCulture, out var processId) && Find(processId) is { } process)
            {
                all.Add(processId, process);
            }
        }

        return all;
    }

    /// <summary>The one with this number, if it lives.</summary>
    public static TreeProcess? Find(int processId)
    {
        try
        {
            var stat = ProcStat.Read(processId);
            return stat.IsZombie ? null : new TreeProcess(processId, stat);
        }
        catch (IOException)
        {
            return null; // it ended while the directory was read
        }
    }

    /// <summary>Whether its environment has this line, as it was at its exec. Unknown counts as no: another user's, or it has ended.</summary>
    public bool Carries(string variable)
    {
        try
        {
            return File.ReadAllText($"/proc/{ProcessId}/environ").Split('\0').Contains(variable, StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Sends it a signal; nobody else gets it, also when the number was given away meanwhile.</summary>
    public void Signal(int signal)
    {
        var pidfd = Libc.pidfd_open(ProcessId);
        if (pidfd < 0)
        {
            return; // it has ended
        }

        // The number was looked at before the descriptor was opened: only the same start is the same process.
        if (Find(ProcessId) is { } now && now.Stat.StartTicks == Stat.StartTicks)
        {
            _ = Libc.pidfd_send_signal(pidfd, signal); // ESRCH: it has ended. EPERM: it became another user's; whoever asks looks again.
        }

        Libc.Check(Libc.close(pidfd), "close");
    }
}
