using System.Collections.Concurrent;
using System.Diagnostics;
using CcSignal.TestKit;

namespace CcSignal.Server.Tests;

/// <summary>The server as a process of its own, started from its executable as a person starts it. Ends it at the latest when disposed.</summary>
internal sealed class ServerExecutable : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;
    private readonly Task _reading;

    private ServerExecutable(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>What it has printed so far, both streams.</summary>
    public string Printed => string.Join('\n', _lines);

    public static ServerExecutable Start(string data, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments)
    {
        var start = new ProcessStartInfo(Child.Executable("CcSignal.Server"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = data,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CCSIGNAL", StringComparison.OrdinalIgnoreCase) || name.Contains("URLS")).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["CcSignal__DataDirectory"] = data;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ServerExecutable(Process.Start(start)!);
    }

    /// <summary>Waits until it listens, and returns where.</summary>
    public async Task<Uri> ListeningAsync()
    {
        const string Label = "listens on  ";
        var line = await Eventually.Is(
            () => _process.HasExited ? throw new InvalidOperationException($"The server has ended:\n{Printed}") : _lines.FirstOrDefault(line => line.Contains(Label)),
            TimeSpan.FromSeconds(50), // the runtime itself takes its time on a loaded machine
            TestContext.Current.CancellationToken);
        return new Uri(line[(line.IndexOf(Label, StringComparison.Ordinal) + Label.Length)..]);
    }

    /// <summary>Sends a signal, by its name without SIG.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for its end and returns its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);
        }
    }
}
