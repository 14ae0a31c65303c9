namespace CcSignal.Execution.Processes.Linux.Tree;

/// <summary>Where the cgroup hierarchies are mounted, and where in them this process is (cgroups(7), proc_pid_mountinfo(5)).</summary>
internal static class Mounts
{
    /// <summary>This process's own directory in version 2; null: it is not mounted, or we are outside what can be seen of it.</summary>
    public static string? OwnUnified() => Own(line => line.StartsWith("0::", StringComparison.Ordinal), (type, _) => type == "cgroup2");

    /// <summary>The same in the version 1 hierarchy of a controller.</summary>
    public static string? OwnOf(string controller) => Own(
        line => line.Split(':')[1].Split(',').Contains(controller),
        (type, options) => type == "cgroup" && options.Split(',').Contains(controller));

    private static string? Own(Func<string, bool> isHierarchy, Func<string, string, bool> isMount)
    {
        var path = File.ReadLines("/proc/self/cgroup").FirstOrDefault(isHierarchy)?.Split(':', 3)[2];
        var mount = File.ReadLines("/proc/self/mountinfo").Select(Parse).FirstOrDefault(mount => isMount(mount.Type, mount.Options)).Point;

        // A path that begins above the mount: we are outside our namespace's root, and there is no name for it here.
        return path is null || mount is null || path.Contains("/..", StringComparison.Ordinal) ? null : Path.Combine(mount, path[1..]);
    }

    // Field 5 is the mount point; after a lone "-" come the type, the source, and the options of the file system itself.
    private static (string Point, string Type, string Options) Parse(string line)
    {
        const int MountPointField = 4;
        var fields = line.Split(' ');
        var dash = Array.IndexOf(fields, "-");
        return (fields[MountPointField], fields[dash + 1], fields[dash + 3]);
    }
}
