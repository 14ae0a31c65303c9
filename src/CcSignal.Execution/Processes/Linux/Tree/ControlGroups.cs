using System.Globalization;

namespace CcSignal.Execution.Processes.Linux.Tree;

/// <summary>
/// The control groups (cgroups(7), version 2) of this server: one directory below the group it was started in, and in it one for each execution,
/// named by its number, where a later server of the same data directory finds it.
/// </summary>
internal sealed class ControlGroups : IDisposable
{
    private readonly string _directory;

    private ControlGroups(string directory) => _directory = directory;

    /// <summary>Those of a data directory; null where the hierarchy is missing, read-only, or too old to kill and freeze (Linux 5.14).</summary>
    /// <param name="name">What tells this data directory from another.</param>
    public static ControlGroups? Open(string name)
    {
        if (OwnDirectory() is not { } own)
        {
            return null;
        }

        var directory = Path.Combine(own, $"ccsignal-{name}");
        try
        {
            Directory.CreateDirectory(directory);
            using var kill = File.OpenHandle(Path.Combine(directory, ControlGroup.KillFile), FileMode.Open, FileAccess.Write);
            using var freeze = File.OpenHandle(Path.Combine(directory, ControlGroup.FreezeFile), FileMode.Open, FileAccess.Write);
            var groups = new ControlGroups(directory);
            groups.RemoveEmpty();
            return groups;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The one of an execution, made if it is not there.</summary>
    /// <exception cref="IOException">The system refused; for instance, there are too many.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made any more.</exception>
    public ControlGroup Create(long number)
    {
        var group = Of(number);
        Directory.CreateDirectory(group.Path);
        return group;
    }

    /// <summary>The one of an execution that an earlier server started; null: it had none.</summary>
    public ControlGroup? Find(long number) => Directory.Exists(Of(number).Path) ? Of(number) : null;

    /// <summary>The executions that have one: those that run, and those that left something behind.</summary>
    public IReadOnlyList<long> Numbers() =>
    [
        .. from path in Directory.EnumerateDirectories(_directory)
           let name = Path.GetFileName(path)
           where long.TryParse(name, CultureInfo.InvariantCulture, out _)
           select long.Parse(name, CultureInfo.InvariantCulture),
    ];

    /// <summary>Removes what is empty; the rest is for a later server.</summary>
    public void Dispose()
    {
        RemoveEmpty();
        new ControlGroup(_directory).RemoveIfEmpty();
    }

    private void RemoveEmpty()
    {
        foreach (var number in Numbers())
        {
            Of(number).Remove();
        }
    }

    private ControlGroup Of(long number) =>
        new(Path.Combine(_directory, number.ToString(CultureInfo.InvariantCulture)));

    // The line of version 2 begins with "0::" (cgroups(7)); the mount point is wherever the system put it.
    private static string? OwnDirectory()
    {
        const string Version2 = "0::/";
        var path = File.ReadLines("/proc/self/cgroup").FirstOrDefault(line => line.StartsWith(Version2, StringComparison.Ordinal));
        var mount = File.ReadLines("/proc/self/mountinfo").Select(Mount).FirstOrDefault(point => point is not null);

        // Outside our namespace's root: there is no name for it here.
        return path is null || mount is null || path.Contains("/..", StringComparison.Ordinal) ? null : Path.Combine(mount, path[Version2.Length..]);
    }

    // proc_pid_mountinfo(5): field 5 is the mount point; after a lone "-" comes the type.
    private static string? Mount(string line)
    {
        const int MountPointField = 4;
        var fields = line.Split(' ');
        return fields[Array.IndexOf(fields, "-") + 1] == "cgroup2" ? fields[MountPointField] : null;
    }
}
