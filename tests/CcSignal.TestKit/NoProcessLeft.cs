using System.Globalization;

namespace CcSignal.TestKit;

/// <summary>
/// Marks everything a test starts by a cookie in the environment, which children inherit. At its disposal every marked process must be gone;
/// those that stay are named, killed, and fail the test. Needs Linux's /proc; elsewhere it knows of none.
/// </summary>
public sealed class NoProcessLeft : IAsyncDisposable
{
    /// <summary>The variable's name.</summary>
    public const string Variable = "CCSIGNAL_TEST";

    /// <summary>The variable's value: this test's own.</summary>
    public string Cookie { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What lives now and carries the cookie, as <c>pid: command line</c>.</summary>
    public IReadOnlyList<string> Living => [.. Marked().Select(process => $"{process}: {CommandLine(process)}")];

    /// <summary>Waits until no marked process lives.</summary>
    /// <exception cref="ProcessesLeftException">Some stay; they are killed now.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Eventually.Holds(() => !Marked().Any(), TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            var left = Living;
            foreach (var process in Marked())
            {
                Libc.kill(process, Libc.SIGKILL);
            }

            throw new ProcessesLeftException(left);
        }
    }

    private IEnumerable<int> Marked()
    {
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }

        var mark = $"{Variable}={Cookie}";
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var process)
                && Read(process, "environ").Split('\0').Contains(mark, StringComparer.Ordinal))
            {
                yield return process;
            }
        }
    }

    private static string CommandLine(int process) => Read(process, "cmdline").Replace('\0', ' ').TrimEnd();

    // A zombie has no environment left, so it counts as gone: whom it waits for is not the test's.
    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // gone between the look at the directory and the look at the file, or another user's
        }
    }
}
