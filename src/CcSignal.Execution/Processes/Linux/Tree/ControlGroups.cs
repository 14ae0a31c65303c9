using System.Globalization;

namespace CcSignal.Execution.Processes.Linux.Tree;

/// <summary>
/// The control groups (cgroups(7), version 2) of this server: one directory below the group it was started in, and in it one for each execution,
/// named by its number, where a later server of the same data directory finds it.
/// </summary>
internal sealed class ControlGroups : IDisposable
{
    /// <summary>The name of a group that was made for the server itself, as <c>DelegateSubgroup=</c> (systemd.resource-control(5)).</summary>
    public const string HostGroup = "host";

    private const string SubtreeFile = "cgroup.subtree_control";
    private readonly string _own;

    private ControlGroups(string own, string directory) => (_own, Directory) = (own, directory);

    /// <summary>Where they are.</summary>
    public string Directory { get; }

    /// <summary>Those of a data directory; null where the hierarchy is missing, read-only, or too old to kill and freeze (Linux 5.14).</summary>
    /// <param name="name">What tells this data directory from another.</param>
    public static ControlGroups? Open(string name)
    {
        if (Mounts.OwnUnified() is not { } started)
        {
            return null;
        }

        // A group with processes in it cannot have controllers for those below it: systemd's DelegateSubgroup= puts the service one level down.
        var own = Path.GetFileName(started) == HostGroup ? Path.GetDirectoryName(started)! : started;
        var directory = Path.Combine(own, $"ccsignal-{name}");
        try
        {
            System.IO.Directory.CreateDirectory(directory);
            using var kill = File.OpenHandle(Path.Combine(directory, ControlGroup.KillFile), FileMode.Open, FileAccess.Write);
            using var freeze = File.OpenHandle(Path.Combine(directory, ControlGroup.FreezeFile), FileMode.Open, FileAccess.Write);
            var groups = new ControlGroups(own, directory);
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
        System.IO.Directory.CreateDirectory(group.Path);
        return group;
    }

    /// <summary>The one of an execution that an earlier server started; null: it had none.</summary>
    public ControlGroup? Find(long number) => System.IO.Directory.Exists(Of(number).Path) ? Of(number) : null;

    /// <summary>Lets a controller limit our groups. Refused where it belongs to a version 1 hierarchy, or where our own group has processes in it.</summary>
    public bool Enable(string controller)
    {
        try
        {
            File.WriteAllText(Path.Combine(_own, SubtreeFile), "+" + controller);
            File.WriteAllText(Path.Combine(Directory, SubtreeFile), "+" + controller);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Removes what is empty; the rest is for a later server.</summary>
    public void Dispose()
    {
        RemoveEmpty();
        new ControlGroup(Directory).RemoveIfEmpty();
    }

    // One that lives is another server's to take over, or was left behind on purpose.
    private void RemoveEmpty()
    {
        foreach (var path in System.IO.Directory.EnumerateDirectories(Directory))
        {
            new ControlGroup(path).Remove();
        }
    }

    private ControlGroup Of(long number) =>
        new(Path.Combine(Directory, number.ToString(CultureInfo.InvariantCulture)));
}
