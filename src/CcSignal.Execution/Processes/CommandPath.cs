using CcSignal.Contracts;
using CcSignal.Execution.Processes.Linux.Native;

namespace CcSignal.Execution.Processes;

/// <summary>
/// Finds the executable once, as an absolute path. A bare name is looked for in the given PATH only: not in the server's own directory, not in the
/// working directory (where anyone may have planted an <c>ls</c>).
/// </summary>
internal static class CommandPath
{
    /// <summary>The path, or why there is none: one of the two is set.</summary>
    public static (string? Path, LaunchFailure? Failure) Resolve(string command, string workingDirectory, string? searchPath)
    {
        if (command.Contains('/', StringComparison.Ordinal) || (OperatingSystem.IsWindows() && Path.IsPathRooted(command)))
        {
            var path = Path.GetFullPath(command, workingDirectory);
            return Check(path) switch
            {
                Executability.Yes => (path, null),
                Executability.No => (null, NotExecutable(path)),
                _ => (null, new LaunchFailure(EndCodes.NotFound, $"There is no file '{path}'.")),
            };
        }

        return Search(command, searchPath);
    }

    /// <summary>Whether the directory can be entered.</summary>
    public static LaunchFailure? CheckDirectory(string path) =>
        !Directory.Exists(path) ? new LaunchFailure(EndCodes.BadDirectory, $"The working directory '{path}' does not exist.")
        : !OperatingSystem.IsWindows() && Libc.access(path, Libc.X_OK) != 0
            ? new LaunchFailure(EndCodes.BadDirectory, $"The working directory '{path}' may not be entered.")
            : null;

    private static (string? Path, LaunchFailure? Failure) Search(string name, string? searchPath)
    {
        LaunchFailure? failure = null;
        foreach (var directory in (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            // A relative entry would be looked for below the server's own directory.
            if (Path.IsPathRooted(directory))
            {
                var path = Path.Combine(directory, name);
                switch (Check(path))
                {
                    case Executability.Yes:
                        return (path, null);
                    case Executability.No:
                        failure ??= NotExecutable(path);
                        break;
                }
            }
        }

        return (null, failure ?? new LaunchFailure(EndCodes.NotFound, $"There is no command '{name}' in the profile's PATH."));
    }

    private static Executability Check(string path) =>
        Directory.Exists(path) ? Executability.No
        : !File.Exists(path) ? Executability.Missing
        : OperatingSystem.IsWindows() || Libc.access(path, Libc.X_OK) == 0 ? Executability.Yes
        : Executability.No;

    private static LaunchFailure NotExecutable(string path) =>
        new(EndCodes.NotExecutable, $"'{path}' is not an executable file.");

    private enum Executability
    {
        Missing,
        No,
        Yes,
    }
}
