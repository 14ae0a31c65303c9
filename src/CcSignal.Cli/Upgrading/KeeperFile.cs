using System.Globalization;

namespace CcSignal.Cli.Upgrading;

/// <summary>What a server with a keeper leaves in its data directory: which process the keeper is, and the server's own.</summary>
/// <param name="dataDirectory">The data directory.</param>
internal sealed class KeeperFile(string dataDirectory)
{
    private const int StartTimeField = 22;
    private const int FirstFieldAfterName = 3;

    /// <summary>The server that serves now, or did last; null: none ever did.</summary>
    public int? Server => Read("server.pid") is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out var process) ? process : null;

    /// <summary>The keeper, if the very process lives that was noted: a number alone may be another's by now.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public int Keeper()
    {
        if (Read("keeper.pid")?.Split(' ') is not [var process, var start, var boot])
        {
            throw new IOException($"No server with a keeper uses '{dataDirectory}'. Name its data directory with --data, or restart the server itself.");
        }

        return boot == ReadOrNull("/proc/sys/kernel/random/boot_id")?.Trim() && start == StartOf(process)
            ? int.Parse(process, CultureInfo.InvariantCulture)
            : throw new IOException($"The keeper that '{dataDirectory}' names, process {process}, has ended: there is nobody to start another server. Restart the server itself.");
    }

    private string? Read(string name) => ReadOrNull(Path.Combine(dataDirectory, name));

    // proc_pid_stat(5): the name stands in parentheses and may hold any character.
    private static string? StartOf(string process) =>
        ReadOrNull($"/proc/{process}/stat") is { } line ? line[(line.LastIndexOf(')') + 2)..].Split(' ')[StartTimeField - FirstFieldAfterName] : null;

    private static string? ReadOrNull(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
