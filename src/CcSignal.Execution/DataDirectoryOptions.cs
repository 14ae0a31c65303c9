namespace CcSignal.Execution;

/// <summary>Where everything that outlives a process is kept: recordings, history, the token, logs.</summary>
internal sealed class DataDirectoryOptions
{
    public const string Section = "CcSignal";

    /// <summary>A directory of one server's own; by default <c>$XDG_STATE_HOME/ccsignal</c>, else <c>~/.local/state/ccsignal</c>.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>The absolute path that holds.</summary>
    public string Resolve() => Path.GetFullPath(string.IsNullOrWhiteSpace(DataDirectory) ? Path.Combine(StateHome(), "ccsignal") : DataDirectory);

    private static string StateHome()
    {
        // A relative path in this variable is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest
        if (Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } stateHome && Path.IsPathFullyQualified(stateHome))
        {
            return stateHome;
        }

        return OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".local", "state");
    }
}
