using System.Diagnostics;
using System.Text;
using CcSignal.Client;
using CcSignal.Contracts;

namespace CcSignal.TestKit;

/// <summary>
/// The real server as a process of its own, for what only a process can show: to be killed, to refuse to start, to be stopped by a signal. Owns the
/// process; the data directory is the caller's, so that the next one can take it over.
/// </summary>
public sealed class ServerExecutable : IAsyncDisposable
{
    private readonly Process _process;
    private readonly NoProcessLeft _processes;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerExecutable(ProcessStartInfo start, NoProcessLeft processes)
    {
        _processes = processes;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_error, line.Data);
    }

    /// <summary>Where it listens, as it said.</summary>
    public Uri Url => _listening.Task.Result;

    /// <summary>The process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>What it has printed so far.</summary>
    public string Output => Text(_output);

    /// <summary>What it has printed to standard error so far.</summary>
    public string Error => Text(_error);

    /// <summary>Starts one and returns when it listens.</summary>
    /// <param name="dataDirectory">Its data directory.</param>
    /// <param name="settings">Configuration beside that of the tests.</param>
    /// <exception cref="InvalidOperationException">It ended instead; the message has what it printed.</exception>
    public static Task<ServerExecutable> StartAsync(string dataDirectory, params (string Key, string Value)[] settings) =>
        StartAsync(Launch(dataDirectory, settings));

    /// <summary>Starts one below a parent that ignores SIGCHLD, which a program inherits through exec.</summary>
    public static Task<ServerExecutable> StartBelowCarelessParentAsync(string dataDirectory) =>
        StartAsync(Launch(dataDirectory, [], "/bin/sh", "-c", "trap '' CHLD; exec \"$0\""));

    private static async Task<ServerExecutable> StartAsync(ServerExecutable server)
    {
        var ended = server._process.WaitForExitAsync();
        if (await Task.WhenAny(server._listening.Task, ended) == ended)
        {
            throw new InvalidOperationException($"The server ended with {server._process.ExitCode}: {server.Output}{server.Error}");
        }

        return server;
    }

    /// <summary>Starts one that is expected to refuse, and returns its exit code and what it printed to standard error.</summary>
    public static async Task<(int ExitCode, string Error)> RefusesAsync(string dataDirectory, params (string Key, string Value)[] settings)
    {
        await using var server = Launch(dataDirectory, settings);
        var ended = server._process.WaitForExitAsync();
        return await Task.WhenAny(server._listening.Task, ended) == ended
            ? (server._process.ExitCode, server.Error)
            : throw new InvalidOperationException($"The server started: {server.Output}");
    }

    /// <summary>Connects the .NET client.</summary>
    public Task<CcSignalClient> ConnectAsync(CancellationToken cancellationToken = default) =>
        CcSignalClient.ConnectAsync(new CcSignalClientOptions { Url = Url, Token = TestServer.Token }, cancellationToken);

    /// <summary>Sends SIGKILL, as the kernel does when memory is out.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends SIGTERM, as systemd does, or SIGINT, as Ctrl+C does; returns the exit code.</summary>
    public async Task<int> StopAsync(bool interrupt = false)
    {
        _ = Libc.kill(_process.Id, interrupt ? Libc.SIGINT : Libc.SIGTERM);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await StopAsync();
        }

        _process.Dispose();
        await _processes.DisposeAsync();
    }

    private static ServerExecutable Launch(string dataDirectory, (string Key, string Value)[] settings, params string[] launcher)
    {
        var processes = new NoProcessLeft();
        string[] words = [.. launcher, Child.Executable("CcSignal.Server")];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in TestConfiguration.For(dataDirectory, Path.GetTempPath(), processes, TestServer.Token, settings))
        {
            // By the environment: a token does not belong on a command line, which everybody can read.
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment["ASPNETCORE_URLS"] = start.Environment["urls"];
        start.Environment["DOTNET_ROOT"] = Child.DotnetRoot;
        var server = new ServerExecutable(start, processes);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    private void Take(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }

        if (line?.Split("listens on", StringSplitOptions.TrimEntries) is [_, var url])
        {
            _listening.TrySetResult(new Uri(url));
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
