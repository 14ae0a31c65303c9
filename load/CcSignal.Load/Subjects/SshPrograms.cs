namespace CcSignal.Load.Subjects;

/// <summary>OpenSSH as it is installed.</summary>
/// <param name="Daemon">The path of sshd.</param>
/// <param name="Client">Of ssh.</param>
/// <param name="KeyMaker">Of ssh-keygen.</param>
internal sealed record SshPrograms(string Daemon, string Client, string KeyMaker)
{
    /// <summary>Null: something of it is missing.</summary>
    public static SshPrograms? Installed() =>
        Programs.Installed("sshd", "/usr/sbin") is { } daemon && Programs.Installed("ssh") is { } client && Programs.Installed("ssh-keygen") is { } maker
            ? new(daemon, client, maker)
            : null;
}
