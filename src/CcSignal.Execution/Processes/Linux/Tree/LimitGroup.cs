using System.Globalization;
using CcSignal.Execution.Processes.Linux.Native;
using Microsoft.Win32.SafeHandles;

namespace CcSignal.Execution.Processes.Linux.Tree;

/// <summary>The directory of one controller for one execution.</summary>
/// <param name="Path">Where it is. In version 2 the tree's own control group.</param>
/// <param name="Version">1 or 2.</param>
internal sealed record LimitGroup(string Path, int Version)
{
    /// <summary>Opens what a child writes itself into before it runs anything; null: it is born there.</summary>
    public SafeFileHandle? OpenJoin() => Version == 2
        ? null
        : new SafeFileHandle(
            Libc.Check(Libc.open(System.IO.Path.Combine(Path, "cgroup.procs"), Libc.O_WRONLY | Libc.O_CLOEXEC), "open cgroup.procs"), ownsHandle: true);

    /// <summary>Sets a value.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public void Write(string file, long value) =>
        File.WriteAllText(System.IO.Path.Combine(Path, file), value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sets a value where the kernel has it: swap accounting may be switched off.</summary>
    public void WriteIfThere(string file, long value)
    {
        if (File.Exists(System.IO.Path.Combine(Path, file)))
        {
            Write(file, value);
        }
    }

    /// <summary>Reads the number behind a word in a file of lines like <c>oom_kill 3</c>; 0 where it is not.</summary>
    public long Read(string file, string word)
    {
        try
        {
            var line = File.ReadLines(System.IO.Path.Combine(Path, file)).FirstOrDefault(line => line.StartsWith(word + " ", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(word.Length + 1), CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return 0; // the group is gone with all that was in it
        }
    }

    /// <summary>Gives it back; in version 2 the tree does.</summary>
    public void Release()
    {
        if (Version == 1)
        {
            new ControlGroup(Path).Remove();
        }
    }
}
