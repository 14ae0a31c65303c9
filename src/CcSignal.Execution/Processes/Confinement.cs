namespace CcSignal.Execution.Processes;

/// <summary>How a command differs from the server that starts it.</summary>
/// <param name="User">Whom it runs as; null: the server's own user.</param>
/// <param name="Umask">The bits that files it makes do not get (umask(2)), 0–0777; null: the server's own.</param>
/// <param name="NoNewPrivileges">Whether setuid programs and file capabilities have no effect in it (PR_SET_NO_NEW_PRIVS, prctl(2)).</param>
internal sealed record Confinement(UserIdentity? User, int? Umask, bool NoNewPrivileges)
{
    /// <summary>It does not.</summary>
    public static readonly Confinement None = new(null, null, false);
}
