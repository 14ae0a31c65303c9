using System.Reflection;

namespace CcSignal.Server.Hosting;

/// <summary>The server's command line: every option is a configuration key, and a mistyped one is told instead of being passed over.</summary>
internal static class CommandLine
{
    private static readonly string[] Keys = ["urls", "http_ports", "https_ports", "environment"];
    private static readonly string[] Sections = ["CcSignal:", "Kestrel:", "Serilog:", "Logging:"];

    /// <summary>The version that was built.</summary>
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>What <c>--help</c> says.</summary>
    public static string Help { get; } = $"""
        CcSignal server {Version}: runs commands and streams their output.

        Usage: CcSignal.Server [--no-keeper] [--urls <address>] [--CcSignal:<key> <value> ...]

          --urls http://127.0.0.1:5080        where to listen (also ASPNETCORE_URLS)
          --CcSignal:DataDirectory <path>     recordings, history, token, logs (also CcSignal__DataDirectory);
                                              default $XDG_STATE_HOME/ccsignal or ~/.local/state/ccsignal
          --CcSignal:<section>:<key> <value>  any other key of appsettings.json
          --no-keeper                         one process; commands end with it. Otherwise a small parent keeps
                                              them over a crash or an upgrade of the server
          --help, --version

        Environment: CCSIGNAL_TOKEN defines the administrator's token; without one a token is made in <data>/token.
        Ctrl+C stops the running commands in order and then the server; a second one kills them.
        Exit codes: 0 stopped, 1 failed, 2 bad configuration, 3 cannot listen, 4 data directory in use or unusable.
        """;

    /// <summary>Whether the words only ask for something to read.</summary>
    public static bool OnlyAsks(string[] words) => AsksForHelp(words) || AsksForVersion(words);

    /// <summary>Whether they ask for help.</summary>
    public static bool AsksForHelp(string[] words) => words is ["--help" or "-h" or "-?"];

    /// <summary>Whether they ask for the version.</summary>
    public static bool AsksForVersion(string[] words) => words is ["--version"];

    /// <summary>What cannot be understood in <paramref name="arguments"/>.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var (key, hasValue) = Split(arguments[i]);
            if (!IsKnown(key))
            {
                var isFollowedByValue = key.Length > 0 && !hasValue && i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal);
                yield return $"'{arguments[i]}' is no option of the server; --help lists them.";
                i += isFollowedByValue ? 1 : 0;
            }
            else if (!hasValue && ++i == arguments.Count)
            {
                yield return $"--{key}: a value is missing.";
            }
        }
    }

    private static (string Key, bool HasValue) Split(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal))
        {
            return ("", false);
        }

        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument[2..], false) : (argument[2..equals], true);
    }

    private static bool IsKnown(string key) =>
        Keys.Contains(key, StringComparer.OrdinalIgnoreCase)
        || Sections.Any(section => key.StartsWith(section, StringComparison.OrdinalIgnoreCase));
}
