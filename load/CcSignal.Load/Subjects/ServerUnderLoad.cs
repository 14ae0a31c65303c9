using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CcSignal.Contracts;

namespace CcSignal.Load.Subjects;

/// <summary>A server process on a free port with a temporary data directory. Owns both.</summary>
internal sealed partial class ServerUnderLoad : IAsyncDisposable
{
    private const string Profile = "CcSignal__Profiles__" + Defaults.Profile;

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

    public async ValueTask DisposeAsync()
    {
        // Its keeper would outlive a kill of the process that was started, or start the server again: it is asked to stop, as a person would.
        Signals.Terminate(_process.Id);
        await _process.WaitForExitAsync();
        await _rest;
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private static ProcessStartInfo StartInfo(string directory, string token)
    {
        var start = new ProcessStartInfo(Programs.Server) { RedirectStandardOutput = true, WorkingDirectory = directory };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment[Defaults.TokenVariable] = token;
        start.Environment["CcSignal__DataDirectory"] = directory;
        start.Environment["CcSignal__Admission__MaxRunning"] = "64"; // more than what is asked for at once: the queue is not what is measured
        start.Environment[$"{Profile}__Commands__0"] = "*";
        start.Environment[$"{Profile}__Roots__0"] = "/";
        start.Environment[$"{Profile}__WorkingDirectory"] = directory;
        return start;
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
        private const int SIGTERM = 15;

        public static void Terminate(int processId)
        {
            if (kill(processId, SIGTERM) != 0)
            {
                throw new System.ComponentModel.Win32Exception();
            }
        }

        [LibraryImport("libc", SetLastError = true)]
        private static partial int kill(int processId, int signal);
    }
}
