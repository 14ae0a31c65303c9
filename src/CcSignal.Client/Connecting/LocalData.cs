namespace CcSignal.Client.Connecting;

/// <summary>Where this user's own server on this machine keeps its things.</summary>
internal static class LocalData
{
    /// <summary>The data directory, found as the server finds it.</summary>
    public static string Directory(Func<string, string?> variable)
    {
        if (variable("CcSignal__DataDirectory") is { Length: > 0 } configured)
        {
            return configured;
        }

        // XDG Base Directory Specification: relative paths are to be ignored.
        var state = variable("XDG_STATE_HOME") is { Length: > 0 } named && Path.IsPathFullyQualified(named)
            ? named
            : Path.Combine(variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "ccsignal");
    }
}
