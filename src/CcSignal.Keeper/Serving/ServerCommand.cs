using System.Text;

namespace CcSignal.Keeper.Serving;

/// <summary>How the server is started: this program again, in its other role.</summary>
/// <param name="Path">The executable. As it was named at our own start, so that a link that points to a new version leads there.</param>
/// <param name="Arguments">All words, the program's own name first.</param>
internal sealed record ServerCommand(string Path, IReadOnlyList<string> Arguments)
{
    /// <summary>The words that make a process the server of a keeper, before all others.</summary>
    public static readonly string[] Role = ["--role", "server"];

    /// <summary>This program with these words.</summary>
    public static ServerCommand OfThisProgram(IReadOnlyList<string> words)
    {
        // What stands before our own words is the executable alone, or dotnet with its options and the assembly.
        var all = Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline"))[..^1].Split('\0');
        return Of(all[..^words.Count], words, Environment.ProcessPath!);
    }

    internal static ServerCommand Of(IReadOnlyList<string> program, IReadOnlyList<string> words, string running)
    {
        var named = program[0].Contains('/', StringComparison.Ordinal) ? System.IO.Path.GetFullPath(program[0]) : running;
        return new ServerCommand(File.Exists(named) ? named : running, [.. program, .. Role, .. words]);
    }
}
