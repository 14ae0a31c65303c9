using System.Diagnostics;
using System.Runtime.InteropServices;
using CcSignal.TestKit;

namespace CcSignal.Load.Tests.Runs;

/// <summary>The load program as a person runs it. Owns its process.</summary>
internal sealed partial class LoadProgram : IAsyncDisposable
{
    private const int SIGINT = 2;

    private readonly Process _process;
    private readonly List<string> _said = [];
    private readonly TaskCompletionSource _waitedFor = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string? _waitFor;
    private readonly Task<string> _output;
    private readonly Task _errors;

    private LoadProgram(string[] arguments, string? waitFor)
    {
        _waitFor = waitFor;
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "CcSignal.Load"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = Child.DotnetRoot;
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = ReadAsync(_process.StandardError);
    }

    /// <summary>What it said on standard error so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said);
            }
        }
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Said)> RunAsync(params string[] arguments)
    {
        await using var program = new LoadProgram(arguments, waitFor: null);
        return await program.EndAsync();
    }

    /// <summary>Starts it and waits until it says something on standard error.</summary>
    public static async Task<LoadProgram> StartAsync(string waitFor, params string[] arguments)
    {
        var program = new LoadProgram(arguments, waitFor);
        await program._waitedFor.Task.WaitAsync(TestContext.Current.CancellationToken);
        return program;
    }

    /// <summary>Does as Ctrl+C does.</summary>
    public void Interrupt() => _ = kill(_process.Id, SIGINT);

    public async Task<(int ExitCode, string Output, string Said)> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _errors;
        return (_process.ExitCode, await _output, Said);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Interrupt(); // in order: it stops its own server
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_said)
            {
                _said.Add(line);
            }

            if (_waitFor is not null && line.Contains(_waitFor, StringComparison.Ordinal))
            {
                _waitedFor.TrySetResult();
            }
        }

        _waitedFor.TrySetException(new InvalidOperationException($"It ended and never said '{_waitFor}':\n{Said}"));
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
