using System.Text;
using CcSignal.Execution.Processes;

namespace CcSignal.Execution.Admission;

/// <summary>Knows programs whose scripts write to files by name, their own output among them: <c>echo failed &gt; /dev/stderr</c>.</summary>
internal static class Shells
{
    // The kernel reads so much of a first line (binfmt_script, execve(2)).
    private const int LongestFirstLine = 256;

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "sh", "bash", "rbash", "dash", "ash", "busybox", "zsh", "ksh", "mksh", "ksh93", "fish", "csh", "tcsh", "pwsh", "xonsh", "nu", "elvish",
    };

    /// <summary>The shell that this command is, or that runs it as its interpreter; null: it is none, or there is no such command.</summary>
    public static string? Find(string command, string directory, string searchPath)
    {
        if (CommandPath.Resolve(command, directory, searchPath).Path is not { } path)
        {
            return null;
        }

        // By both names: /bin/sh is a link, and what busybox does depends on the link's name.
        var file = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        return new[] { path, file }.Concat(Interpreter(file)).Select(Path.GetFileName).FirstOrDefault(name => Names.Contains(name!));
    }

    // The words of a #! line; with env(1) in between, the interpreter is one of them.
    private static string[] Interpreter(string path)
    {
        var bytes = new byte[LongestFirstLine];
        int count;
        try
        {
            using var file = File.OpenHandle(path);
            count = RandomAccess.Read(file, bytes, 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // a program may be executable and not readable; a script must be readable to be run
        }

        var line = Encoding.UTF8.GetString(bytes, 0, count).Split('\n')[0];
        return line.StartsWith("#!", StringComparison.Ordinal) ? line[2..].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries) : [];
    }
}
