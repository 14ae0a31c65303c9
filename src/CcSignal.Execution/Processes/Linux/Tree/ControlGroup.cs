using System.ComponentModel;
using System.Globalization;
using CcSignal.Execution.Processes.Linux.Native;
using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Processes.Linux.Tree;

/// <summary>
/// The control group of one execution. Who is born in it stays in it, whatever session, group or parent it gives itself; only one that may write to
/// the hierarchy, as root may, can move itself out.
/// </summary>
/// <param name="Path">Its directory.</param>
internal sealed record ControlGroup(string Path)
{
    /// <summary>Writing 1 kills all of it, also what forks meanwhile, is stopped or frozen.</summary>
    public const string KillFile = "cgroup.kill";

    /// <summary>Writing 1 freezes all of it, 0 lets it go on.</summary>
    public const string FreezeFile = "cgroup.freeze";

    /// <summary>Its processes, a line each; who is written there moves in.</summary>
    public const string ProcessesFile = "cgroup.procs";

    private const string EventsFile = "cgroup.events";

    /// <summary>Whether anything lives in it; zombies do not.</summary>
    public bool IsPopulated => Events().Contains("populated 1", StringComparison.Ordinal);

    /// <summary>Whether all of it stands still.</summary>
    public bool IsFrozen => Events().Contains("frozen 1", StringComparison.Ordinal);

    /// <summary>Processor time of all that ever lived in it.</summary>
    public TimeSpan CpuTime => TimeSpan.FromMicroseconds(new LimitGroup(Path, 2).Read("cpu.stat", "usage_usec"));

    /// <summary>Opens it for a child to be born in.</summary>
    /// <exception cref="Win32Exception">It is gone, or there is no descriptor left.</exception>
    public SafeFileHandle Open() =>
        new(Libc.Check(Libc.open(Path, Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_CLOEXEC), "open cgroup"), ownsHandle: true);

    /// <summary>Its processes, with those of groups that they made below it.</summary>
    public IEnumerable<int> Processes()
    {
        foreach (var directory in (IEnumerable<string>)[Path, .. Below()])
        {
            foreach (var line in ReadLines(directory))
            {
                yield return int.Parse(line, CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>Kills all of it.</summary>
    public void Kill() => Write(KillFile, "1");

    /// <summary>Begins to freeze it, or lets it go on; <see cref="IsFrozen"/> tells when all of it stands.</summary>
    public void Freeze(bool frozen) => Write(FreezeFile, frozen ? "1" : "0");

    /// <summary>Removes it with those that were made below it; false: something lives in one of them.</summary>
    public bool Remove() => Enumerable.Reverse(Below()).All(directory => new ControlGroup(directory).RemoveIfEmpty()) && RemoveIfEmpty();

    /// <summary>Removes it if nothing is in it, neither a process nor a group.</summary>
    public bool RemoveIfEmpty()
    {
        try
        {
            Directory.Delete(Path);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private List<string> Below() => Directory.Exists(Path) ? [.. Directory.EnumerateDirectories(Path, "*", SearchOption.AllDirectories)] : [];

    private string Events() => ReadOrEmpty(System.IO.Path.Combine(Path, EventsFile));

    private static string[] ReadLines(string directory) =>
        ReadOrEmpty(System.IO.Path.Combine(directory, ProcessesFile)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return ""; // removed: nothing can live in it
        }
        catch (IOException exception) when (exception.HResult == Libc.ENODEV)
        {
            return ""; // removed between the opening and the reading
        }
    }

    private void Write(string file, string value)
    {
        try
        {
            File.WriteAllText(System.IO.Path.Combine(Path, file), value);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Removed: there is nothing to act on.
        }
    }
}
