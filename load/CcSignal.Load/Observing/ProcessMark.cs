using System.Diagnostics;
using System.Globalization;
using CcSignal.Contracts;

namespace CcSignal.Load.Observing;

/// <summary>Marks a command and all its descendants by a variable in their environment, and finds those that live. Needs Linux's /proc and the server's machine.</summary>
internal sealed class ProcessMark
{
    private const string Variable = "CCSIGNAL_LOAD_MARK";

    private readonly string _value = Guid.NewGuid().ToString("N");

    /// <summary>The request with the mark.</summary>
    public ExecutionRequest On(ExecutionRequest request) =>
        request with { Environment = new Dictionary<string, string>(request.Environment ?? new Dictionary<string, string>()) { [Variable] = _value } };

    /// <summary>What lives and carries it, as <c>pid: command line</c>.</summary>
    public IReadOnlyList<string> Living()
    {
        var mark = $"{Variable}={_value}";
        return [.. from directory in Directory.EnumerateDirectories("/proc")
                   where int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out _) && Read(directory, "environ").Split('\0').Contains(mark)
                   select $"{Path.GetFileName(directory)}: {Read(directory, "cmdline").Replace('\0', ' ').TrimEnd()}"];
    }

    /// <summary>Those that still live after so long; returns as soon as there are none.</summary>
    public async Task<IReadOnlyList<string>> LeftAfterAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        IReadOnlyList<string> living;
        while ((living = Living()).Count > 0 && Stopwatch.GetElapsedTime(began) < patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        return living;
    }

    private static string Read(string directory, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // gone since the look at the directory, or another user's
        }
    }
}
