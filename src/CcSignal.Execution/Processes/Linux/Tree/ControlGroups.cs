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

    private const string ControllersFile = "cgroup.controllers";
    private const string SubtreeFile = "cgroup.subtree_control";
    private readonly string _own;
    private readonly IReadOnlyCollection<int> _server;

    private ControlGroups(string own, string directory, IReadOnlyCollection<int> server) => (_own, Directory, _server) = (own, directory, server);

    /// <summary>Where they are.</summary>
    public string Directory { get; }

    /// <summary>Those of a data directory; null where the hierarchy is missing, read-only, or too old to kill and freeze (Linux 5.14).</summary>
    /// <param name="name">What tells this data directory from another.</param>
    /// <param name="server">The processes of the server: its own, and its keeper's.</param>
    public static ControlGroups? Open(string name, IReadOnlyCollection<int> server)
    {
        if (Mounts.OwnUnified() is not { } started)
        {
            return null;
        }

        // Put one level down by systemd's DelegateSubgroup=, or by an earlier server.
        var own = Path.GetFileName(started) == HostGroup ? Path.GetDirectoryName(started)! : started;
        var directory = Path.Combine(own, $"ccsignal-{name}");
        try
        {
            System.IO.Directory.CreateDirectory(directory);
            using var kill = File.OpenHandle(Path.Combine(directory, ControlGroup.KillFile), FileMode.Open, FileAccess.Write);
            using var freeze = File.OpenHandle(Path.Combine(directory, ControlGroup.FreezeFile), FileMode.Open, FileAccess.Write);
            var groups = new ControlGroups(own, directory, server);
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

    /// <summary>Lets a controller limit our groups. Refused where it is not ours to use, or belongs to a version 1 hierarchy.</summary>
    public bool Enable(string controller)
    {
        try
        {
            if (!Words(ControllersFile).Contains(controller))
            {
                return false;
            }

            MoveDown();
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

    // A group with processes in it cannot have controllers for those below it (cgroups(7), "no internal processes"): where nobody else is in
    // ours, the server goes one level down. Others are not ours to move; with them the controller is refused, unless ours is the root of all.
    private void MoveDown()
    {
        var processes = Words(ControlGroup.ProcessesFile);
        if (processes.Length == 0 || !processes.All(process => _server.Contains(int.Parse(process, CultureInfo.InvariantCulture))))
        {
            return;
        }

        var host = System.IO.Directory.CreateDirectory(Path.Combine(_own, HostGroup)).FullName;
        foreach (var process in processes)
        {
            File.WriteAllText(Path.Combine(host, ControlGroup.ProcessesFile), process);
        }
    }

    private string[] Words(string file) => File.ReadAllText(Path.Combine(_own, file)).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

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
