using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CcSignal.Contracts;

namespace CcSignal.Load.Subjects;

/// <summary>A server process on a free port with a temporary data directory. Owns both.</summary>
internal sealed partial class ServerUnderLoad : IAsyncDisposable
{
    private const string Profile = "CcSignal__Profiles__" + Defaults.Profile;

    // Of the runtime that runs this program, wherever it is installed: the child program needs one too.
    private static readonly string DotnetRoot = Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ccsignal-load-");
    private readonly Process _process;
    private Task _rest = Task.CompletedTask;

    private ServerUnderLoad((string Name, string Value)[] settings)
    {
        var start = StartInfo(_directory.FullName, Token);
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
    }

    /// <summary>Where commands start that name no directory.</summary>
    public string WorkingDirectory => _directory.FullName;

    /// <summary>The process that serves now, or did last; it writes its number into the data directory. Null: it has not yet.</summary>
    public int? ServerProcessId =>
        File.Exists(PidFile) && int.TryParse(File.ReadAllText(PidFile), System.Globalization.CultureInfo.InvariantCulture, out var process) ? process : null;

    /// <summary>The process that was started: the keeper, or the server where there is none.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Its administrator's token.</summary>
    public string Token { get; } = RandomNumberGenerator.GetHexString(64);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = new(Defaults.Url);

    public static async Task<ServerUnderLoad> StartAsync(CancellationToken cancellationToken, params (string Name, string Value)[] settings)
    {
        var server = new ServerUnderLoad(settings);
        try
        {
            server._process.Start();
            server.Url = await server.ListeningAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends SIGKILL to the process that serves; its keeper starts the next one at the same address.</summary>
    public void KillServer() => Signals.Kill(ServerProcessId ?? throw new InvalidOperationException("The server has not said its process."));

    public async ValueTask DisposeAsync()
    {
        // Its keeper would outlive a kill of the process that was started, or start the server again: it is asked to stop, as a person would.
        if (!_process.HasExited)
        {
            Signals.Terminate(_process.Id);
        }

        await _process.WaitForExitAsync();
        await _rest;
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private string PidFile => Path.Combine(_directory.FullName, "server.pid");

    private static ProcessStartInfo StartInfo(string directory, string token)
    {
        var start = new ProcessStartInfo(Programs.Server) { RedirectStandardOutput = true, WorkingDirectory = directory };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CCSIGNAL", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name); // what the caller's own server is told
        }

        start.Environment["ASPNETCORE_URLS"] = FreeAddress(); // not port 0: after a kill the next server is to be found where the last one was
        start.Environment[Defaults.TokenVariable] = token;
        start.Environment["CcSignal__DataDirectory"] = directory;
        start.Environment["CcSignal__Admission__MaxRunning"] = "64"; // more than what is asked for at once: the queue is not what is measured
        start.Environment[$"{Profile}__Commands__0"] = "*";
        start.Environment[$"{Profile}__Roots__0"] = "/";
        start.Environment[$"{Profile}__WorkingDirectory"] = directory;
        start.Environment[$"{Profile}__AllowEnvironment__0"] = "*";
        start.Environment[$"{Profile}__Environment__DOTNET_ROOT"] = DotnetRoot;
        return start;
    }

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}";
    }

    private async Task<Uri> ListeningAsync(CancellationToken cancellationToken)
    {
        var said = "";
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            said += line + Environment.NewLine;
            if (line.Split("listens on", StringSplitOptions.TrimEntries) is [_, var url])
            {
                _rest = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None); // so that it never waits for us
                return new Uri(url);
            }
        }

        throw new InvalidOperationException($"The server did not start:{Environment.NewLine}{said}");
    }

    private static partial class Signals
    {
        private const int SIGKILL = 9;
        private const int SIGTERM = 15;

        public static void Terminate(int processId) => Send(processId, SIGTERM);

        public static void Kill(int processId) => Send(processId, SIGKILL);

        private static void Send(int processId, int signal)
        {
            if (kill(processId, signal) != 0)
            {
                throw new System.ComponentModel.Win32Exception();
            }
        }

        [LibraryImport("libc", SetLastError = true)]
        private static partial int kill(int processId, int signal);
    }
}
