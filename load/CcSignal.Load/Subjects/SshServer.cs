using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace CcSignal.Load.Subjects;

/// <summary>
/// A private sshd on loopback for the user of this process: its own keys, configuration and port, nothing of the machine's. Owns the daemon, the shared connection to
/// it, what is held over it, and the folder of all that.
/// </summary>
internal sealed class SshServer : IServing
{
    private const int AtOnce = 8;

    private readonly SshPrograms _programs;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ccsignal-ssh-");
    private readonly int _port = LocalPort.Free();
    private readonly List<Process> _held = [];
    private Process? _daemon;
    private bool _isShared;

    private SshServer(SshPrograms programs) => _programs = programs;

    public long MemoryBytes => ServedMemory.Of(_daemon!.Id);

    /// <exception cref="InvalidOperationException">It cannot serve this user here; the message is what it said.</exception>
    public static async Task<SshServer> StartAsync(SshPrograms programs, CancellationToken cancellationToken)
    {
        var server = new SshServer(programs);
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The words that run a command over the shared connection.</summary>
    public IReadOnlyList<string> Over(IReadOnlyList<string> command, params IEnumerable<string> options) =>
        [_programs.Client, .. Shared, "-o", "ControlMaster=no", "-T", .. options, User, string.Join(' ', command.Select(Quoted))];

    public Task AddExecutionsAsync(int count, CancellationToken cancellationToken) => HoldAsync(count, () => Over(IdleCommand.Words), cancellationToken);

    // A connection of its own, without a command; that it is open it says by a command of this side.
    public Task AddConnectionsAsync(int count, CancellationToken cancellationToken) => HoldAsync(
        count, () => [_programs.Client, .. Options, "-o", "PermitLocalCommand=yes", "-o", "LocalCommand=echo ready", "-N", User], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _held)
        {
            await EndAsync(process);
        }

        try
        {
            if (_isShared)
            {
                await RunAsync(_programs.Client, [.. Shared, "-q", "-O", "exit", User], CancellationToken.None);
            }
        }
        finally
        {
            await (_daemon is null ? Task.CompletedTask : EndAsync(_daemon));
            _folder.Delete(recursive: true);
        }
    }

    private static string User => $"{Environment.UserName}@127.0.0.1";

    private string[] Shared => [.. Options, "-S", In("control")];

    private string[] Options =>
    [
        "-F", "none", "-p", _port.ToString(CultureInfo.InvariantCulture), "-i", In("user"), "-o", $"UserKnownHostsFile={In("known")}",
        "-o", "StrictHostKeyChecking=yes", "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR",
    ];

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var key in (string[])["host", "user"])
        {
            await RunAsync(_programs.KeyMaker, ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", In(key)], cancellationToken);
        }

        File.Copy(In("user.pub"), In("authorized"));
        await File.WriteAllTextAsync(In("known"), $"[127.0.0.1]:{_port} {await File.ReadAllTextAsync(In("host.pub"), cancellationToken)}", cancellationToken);
        await File.WriteAllTextAsync(In("config"), Configuration(), cancellationToken);
        if (Environment.IsPrivilegedProcess)
        {
            Directory.CreateDirectory("/run/sshd"); // where sshd confines what has not logged in yet; the system's own makes it at its start
        }

        _daemon = Process.Start(new ProcessStartInfo(_programs.Daemon, ["-D", "-f", In("config"), "-E", In("log")]))!;
        try
        {
            await LocalPort.ListensAsync(_port, cancellationToken);
            await RunAsync(_programs.Client, [.. Shared, "-M", "-N", "-f", "-o", "ControlPersist=no", "-E", In("log"), User], cancellationToken); // -f: it returns when it is connected
            _isShared = true;
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{error.Message} {await File.ReadAllTextAsync(In("log"), cancellationToken)}".ReplaceLineEndings(" ").Trim(), error);
        }
    }

    // SHLVL: the first bash that sshd starts would read the user's .bashrc, whatever that takes; it is not the price of ssh.
    private string Configuration() => string.Create(CultureInfo.InvariantCulture, $"""
        Port {_port}
        ListenAddress 127.0.0.1
        HostKey {In("host")}
        AuthorizedKeysFile {In("authorized")}
        PidFile none
        StrictModes no
        UsePAM no
        PermitRootLogin prohibit-password
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        SetEnv SHLVL=2
        MaxSessions 10000
        MaxStartups 10000
        LogLevel ERROR

        """);

    private Task HoldAsync(int count, Func<IReadOnlyList<string>> words, CancellationToken cancellationToken) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (_, token) =>
        {
            var command = words();
            var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            lock (_held)
            {
                _held.Add(process);
            }

            if (await process.StandardOutput.ReadLineAsync(token) is null)
            {
                throw new InvalidOperationException($"ssh ended and held nothing: {await File.ReadAllTextAsync(In("log"), token)}");
            }
        });

    private static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardInput = true })!;
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}.");
        }
    }

    // The shell at the other side takes words apart again.
    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private string In(string file) => Path.Combine(_folder.FullName, file);
}
