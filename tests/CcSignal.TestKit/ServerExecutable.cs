using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CcSignal.Client;
using CcSignal.Contracts;
using Xunit;

namespace CcSignal.TestKit;

/// <summary>
/// The real server as a process of its own, for what only a process can show: what it prints and returns, to refuse to start, to be killed or stopped by a
/// signal. Owns the process, and its disposal fails if any command of it is still there; the data directory is the caller's, so that the next one can take it over.
/// </summary>
public sealed class ServerExecutable : IAsyncDisposable
{
    private const string Listens = "listens on";
    private const string Profile = "CcSignal__Profiles__" + Defaults.Profile;

    // The runtime itself takes its time on a loaded machine.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(50);

    private readonly ConcurrentQueue<(bool IsError, string Text)> _lines = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly NoProcessLeft _processes;
    private readonly Process _process;
    private readonly Task _reading;

    private ServerExecutable(ProcessStartInfo start, NoProcessLeft processes)
    {
        _processes = processes;
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput, isError: false), ReadAsync(_process.StandardError, isError: true));
    }

    /// <summary>Where it listens, as it said; for one that was waited for.</summary>
    public Uri Url => _listening.Task.IsCompleted ? _listening.Task.Result : throw new InvalidOperationException("Wait for ListeningAsync first.");

    /// <summary>What it has printed so far, both streams.</summary>
    public string Printed => Text(_lines);

    /// <summary>What it has printed to standard error so far.</summary>
    public string Error => Text(_lines.Where(line => line.IsError));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts one as a person does: with the configuration it comes with, and whatever port it is told.</summary>
    /// <param name="dataDirectory">Its data directory, and where it runs.</param>
    /// <param name="environment">Variables beside those of this process, which hands none of the server's own on.</param>
    /// <param name="arguments">Its command line.</param>
    public static ServerExecutable Start(string dataDirectory, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments) =>
        Launch(dataDirectory, new NoProcessLeft(), environment ?? new Dictionary<string, string>(), [Child.Executable("CcSignal.Server"), .. arguments]);

    /// <summary>Starts one with the configuration of the tests, on a free port, and returns when it listens.</summary>
    /// <param name="dataDirectory">Its data directory.</param>
    /// <param name="settings">Configuration beside that of the tests.</param>
    /// <exception cref="InvalidOperationException">It ended instead; the message has what it printed.</exception>
    public static Task<ServerExecutable> StartAsync(string dataDirectory, params (string Key, string Value)[] settings) =>
        ListeningAsync(Configured(dataDirectory, settings));

    /// <summary>Starts one below a parent that ignores SIGCHLD, which a program inherits through exec.</summary>
    public static Task<ServerExecutable> StartBelowCarelessParentAsync(string dataDirectory) =>
        ListeningAsync(Configured(dataDirectory, [], "/bin/sh", "-c", "trap '' CHLD; exec \"$0\""));

    /// <summary>Starts one as process 1 of a pid namespace of its own, as in a container (unshare(1)); its numbers of processes are not ours.</summary>
    public static Task<ServerExecutable> StartInContainerAsync(string dataDirectory, params (string Key, string Value)[] settings) =>
        ListeningAsync(Configured(dataDirectory, settings, "/usr/bin/unshare", "--pid", "--fork", "--mount-proc", "--kill-child"));

    /// <summary>Kills the server in a container, and not its keeper.</summary>
    public async Task KillServerInContainerAsync()
    {
        var server = InContainer().Server;
        _ = Libc.kill(server, Libc.SIGKILL);
        await Eventually.Holds(() => !Directory.Exists($"/proc/{server}"), cancellationToken: CancellationToken.None);
    }

    /// <summary>Sends SIGTERM to process 1 of the container, and returns the exit code.</summary>
    public Task<int> StopInContainerAsync()
    {
        _ = Libc.kill(InContainer().Keeper, Libc.SIGTERM);
        return EndAsync();
    }

    // As they are numbered outside: the keeper is unshare's only child, the server the keeper's that has its role.
    private (int Keeper, int Server) InContainer()
    {
        var keeper = ChildrenOf(_process.Id).Single();
        return (keeper, ChildrenOf(keeper).Single(child => File.ReadAllText($"/proc/{child}/cmdline").Contains("--role\0server", StringComparison.Ordinal)));
    }

    private static IEnumerable<int> ChildrenOf(int process) =>
        from directory in Directory.EnumerateDirectories("/proc")
        let number = int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var found) ? found : 0
        where number > 0 && ParentOf(number) == process
        select number;

    // proc_pid_stat(5): field 4, the second after the name in parentheses.
    private static int ParentOf(int process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it ended while the directory was read
        }
    }

    /// <summary>Starts one that is expected to refuse, and returns its exit code and what it printed to standard error.</summary>
    public static async Task<(int ExitCode, string Error)> RefusesAsync(string dataDirectory, params (string Key, string Value)[] settings)
    {
        await using var server = Configured(dataDirectory, settings);
        var ended = server.EndAsync();
        return await Task.WhenAny(server._listening.Task, ended) == ended
            ? (await ended, server.Error)
            : throw new InvalidOperationException($"The server started:\n{server.Printed}");
    }

    /// <summary>Waits until it listens, and returns where.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message has what it printed.</exception>
    public async Task<Uri> ListeningAsync()
    {
        var first = await Task.WhenAny(_listening.Task, EndAsync()).WaitAsync(StartPatience, TimeProvider.System, Cancelled);
        return first == _listening.Task
            ? await _listening.Task
            : throw new InvalidOperationException($"The server ended with {_process.ExitCode}:\n{Printed}");
    }

    /// <summary>Connects the .NET client, to one with the configuration of the tests.</summary>
    public Task<CcSignalClient> ConnectAsync(CancellationToken cancellationToken = default) =>
        CcSignalClient.ConnectAsync(new CcSignalClientOptions { Url = Url, Token = TestServer.Token }, cancellationToken);

    /// <summary>The commands of it that live now, as <c>pid: command line</c>.</summary>
    public IReadOnlyList<string> LivingCommands => _processes.Living;

    /// <summary>How often a server of it has come so far as to listen.</summary>
    public int Starts => _lines.Count(line => line.Text.Contains(Listens, StringComparison.Ordinal));

    /// <summary>The process that was started: the keeper, unless told otherwise.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The process that serves now, or did last; it writes its number into the data directory.</summary>
    public int ServerProcessId => int.Parse(File.ReadAllText(Path.Combine(_process.StartInfo.WorkingDirectory, "server.pid")), CultureInfo.InvariantCulture);

    /// <summary>Waits until a server has come to listen so many times.</summary>
    public Task ListeningAgainAsync(int starts) =>
        Eventually.Holds(() => Starts >= starts || _process.HasExited, StartPatience, Cancelled, $"{starts} starts; it printed:\n{Printed}");

    /// <summary>Kills the process that serves, and not its keeper; returns when it is gone. Nothing happens while there is none.</summary>
    public async Task KillServerAsync()
    {
        var server = ServerProcessId;
        if (IsOurs(server))
        {
            _ = Libc.kill(server, Libc.SIGKILL);
            await Eventually.Holds(() => !IsOurs(server), cancellationToken: CancellationToken.None);
        }
    }

    /// <summary>Kills the keeper, and not the server.</summary>
    public async Task KillKeeperAsync()
    {
        Signal(Libc.SIGKILL);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Sends a signal, and does not wait for what comes of it.</summary>
    public void Signal(int signal) => _ = Libc.kill(_process.Id, signal);

    /// <summary>Waits for its end, with all that it printed, and returns its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(Cancelled);
        await _reading.WaitAsync(Cancelled);
        return _process.ExitCode;
    }

    /// <summary>Sends SIGKILL to keeper and server, so that nothing of it is left, and waits for the end.</summary>
    public async Task KillAsync()
    {
        // The keeper first: it would start another server.
        await KillKeeperAsync();
        await KillOrphanAsync();
    }

    /// <summary>Sends SIGTERM, as systemd does, and returns the exit code.</summary>
    public Task<int> StopAsync()
    {
        Signal(Libc.SIGTERM);
        return EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signal(Libc.SIGTERM);
            await EndOrKillAsync();
        }

        await KillOrphanAsync();
        _process.Dispose();
        await _processes.DisposeAsync();
    }

    private static async Task<ServerExecutable> ListeningAsync(ServerExecutable server)
    {
        try
        {
            await server.ListeningAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static ServerExecutable Configured(string dataDirectory, (string Key, string Value)[] settings, params string[] launcher)
    {
        // By the environment: a token does not belong on a command line, which everybody can read.
        var processes = new NoProcessLeft();
        var environment = TestConfiguration.For(dataDirectory, Path.GetTempPath(), processes, TestServer.Token, settings)
            .ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!);
        environment["ASPNETCORE_URLS"] = environment["urls"];
        return Launch(dataDirectory, processes, environment, [.. launcher, Child.Executable("CcSignal.Server")]);
    }

    private static ServerExecutable Launch(string dataDirectory, NoProcessLeft processes, IReadOnlyDictionary<string, string> environment, string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = dataDirectory };
        foreach (var name in start.Environment.Keys.Where(IsServersOwn).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_ROOT"] = Child.DotnetRoot;
        start.Environment["CcSignal__DataDirectory"] = dataDirectory;
        start.Environment[$"{Profile}__Environment__{NoProcessLeft.Variable}"] = processes.Cookie;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ServerExecutable(start, processes);
    }

    private static bool IsServersOwn(string name) => name.StartsWith("CCSIGNAL", StringComparison.OrdinalIgnoreCase) || name.Contains("URLS");

    private static string Text(IEnumerable<(bool IsError, string Text)> lines) => string.Join('\n', lines.Select(line => line.Text));

    // A server whose keeper was killed goes on.
    private async Task KillOrphanAsync()
    {
        if (File.Exists(Path.Combine(_process.StartInfo.WorkingDirectory, "server.pid")))
        {
            await KillServerAsync();
        }
    }

    // The number may be another process's by now.
    private bool IsOurs(int server)
    {
        try
        {
            return File.ReadAllText($"/proc/{server}/environ").Contains($"{NoProcessLeft.Variable}={_processes.Cookie}", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private async Task EndOrKillAsync()
    {
        try
        {
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Eventually.Patience, TimeProvider.System, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            await KillAsync();
        }
    }

    private async Task ReadAsync(StreamReader reader, bool isError)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            _lines.Enqueue((isError, line));
            if (line.Split(Listens, StringSplitOptions.TrimEntries) is [_, var url])
            {
                _listening.TrySetResult(new Uri(url));
            }
        }
    }
}
